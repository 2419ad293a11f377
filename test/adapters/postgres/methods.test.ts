import { describe, expect, it } from 'vitest';
import { methods } from '../../../adapters/postgres/methods.ts';
import type { DiagnosticError } from '../../../src/core/index.ts';

/** What `adapter.parse_index` says of an entry of `indexes`. */
function parsed(raw: unknown): unknown {
  try {
    return methods.parse_index!([raw], {}, {} as never);
  } catch (error) {
    return (error as DiagnosticError).diagnostics[0]!.message;
  }
}

describe('adapter.parse_index', () => {
  it('fills in what is not said', () => {
    expect(parsed({ columns: ['a'] })).toEqual({ columns: ['a'], unique: false, type: null });
    expect(parsed(null)).toBeNull();
  });

  it.each([
    [{ unique: true }, `Could not parse the index config {"unique":true}: 'columns' is a required property`],
    [{ columns: 'a, b' }, "`columns` is not of type 'array': it must be a list of names"],
    [{ columns: ['a'], unique: 'yes' }, "`unique` is not of type 'boolean'"],
    [{ columns: ['a'], type: 7 }, "`type` is not of type 'string'"],
  ])('says what is wrong with %j', (raw, message) => {
    expect(parsed(raw)).toContain(message);
  });
});
