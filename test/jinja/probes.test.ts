import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileTemplate, drive, JinjaError } from '../../src/jinja/index.ts';
import { definePlain, defineWaiting, probeScope } from './probe-host.ts';

interface Probe {
  readonly cat: string;
  readonly id: string;
  readonly t: string;
  readonly macros: Readonly<Record<string, string>>;
  readonly exp: string;
}

const probes: Probe[] = JSON.parse(readFileSync(new URL('../fixtures/jinja/probes.json', import.meta.url), 'utf8'));

const WAYS: Readonly<Record<string, (probe: Probe) => Promise<string>>> = {
  plain: async ({ t, macros }) => compileTemplate(t, 'model.sql').render(probeScope(macros, definePlain)).text,
  'as a generator': async ({ t, macros }) => {
    const rendered = await drive(compileTemplate(t, 'model.sql').renderWaiting(probeScope(macros, definePlain)));
    return rendered.text;
  },
  'with every call of the host waiting': async ({ t, macros }) => {
    const rendered = await drive(compileTemplate(t, 'model.sql').renderWaiting(probeScope(macros, defineWaiting)));
    return rendered.text;
  },
};

describe.each(Object.entries(WAYS))('probes %s', (_way, run) => {
  it.each(probes.map((probe) => [`${probe.cat}: ${probe.id}`, probe] as const))('%s', async (_name, probe) => {
    if (!probe.exp.startsWith('ERROR:')) {
      expect(await run(probe)).toBe(probe.exp);
      return;
    }
    const error = await run(probe).then(
      (text) => expect.fail(`rendered '${text}' instead of an error`),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(JinjaError);
    expect((error as JinjaError).type).toBe(/^ERROR:(\w+)/.exec(probe.exp)![1]);
  });
});

it('knows all probes', () => {
  expect(probes).toHaveLength(301);
});
