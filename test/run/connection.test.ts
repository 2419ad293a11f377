import { describe, expect, it } from 'vitest';
import { DiagnosticError, type Invocation } from '../../src/core/index.ts';
import { Connection } from '../../src/run/index.ts';

describe('a connection', () => {
  it('is not even opened once the command was stopped', async () => {
    const invocation = { signal: AbortSignal.abort(), now: () => new Date(), sink: () => {} } as unknown as Invocation;
    let opened = false;
    const connection = new Connection(invocation, 'model.shop.a', () => {
      opened = true;
      return Promise.reject(new Error('it was opened'));
    });
    const refused = await connection.execute('select 1', { autoBegin: true, fetch: true }).catch((error) => error);
    expect(refused).toBeInstanceOf(DiagnosticError);
    expect((refused as DiagnosticError).diagnostics[0]).toMatchObject({
      code: 'XF7006',
      message: 'the command was stopped, so model.shop.a sends nothing more to the warehouse',
    });
    expect(opened).toBe(false);
    await connection.rollback();
  });
});
