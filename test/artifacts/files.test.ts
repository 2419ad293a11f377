import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  emptyManifest,
  freshnessReport,
  loadedAt,
  manifestMetadata,
  readFreshness,
  readManifest,
  readRunResults,
  removeLeftovers,
  runResult,
  runResults,
  writeArtifact,
} from '../../src/artifacts/index.ts';
import { DiagnosticError, dbtVersion, xformVersion } from '../../src/core/index.ts';
import { PyFloat } from '../../src/jinja/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const origin = { id: 'id', startedAt: new Date(0), env: {} };
const manifest = emptyManifest(
  manifestMetadata(origin, new Date(0), { project_name: 'p', project_id: null, adapter_type: null, quoting: null }),
);

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]!.code;
    throw error;
  }
  return undefined;
}

describe('writing', () => {
  it('gives what JSON.stringify gives, piece by piece', () => {
    const path = join(folder, 'deep', 'target', 'x.json');
    const value = {
      a: { b: [1, { c: 'é' }], skipped: undefined },
      list: [1, 'x', null, { d: [] }],
      n: null,
      t: 'text',
    };
    writeArtifact(path, value);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it('keeps the numbers that JSON.stringify has no word for', () => {
    const path = join(folder, 'x.json');
    writeArtifact(path, { node: { a: { whole: new PyFloat(3) }, list: [new PyFloat(-0), undefined], big: 2n ** 70n } });
    expect(readFileSync(path, 'utf8')).toBe(
      '{"node": {"a": {"whole":3.0}, "list": [-0.0,null], "big": 1180591620717411303424}}',
    );
  });

  it('removes what a killed process was writing, and nothing that may still be written', () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const old = new Date(Date.now() - 120_000);
    const put = (name: string, at = old) => {
      writeFileSync(join(folder, name), '{');
      utimesSync(join(folder, name), at, at);
    };
    put(`manifest.json.${gone}.0123abcd.tmp`);
    const kept = [
      `manifest.json.${gone}.0123abce.tmp`,
      `manifest.json.${process.pid}.0123abcd.tmp`,
      `manifest.json.${gone}.tmp`,
      'notes.tmp',
    ];
    put(kept[0]!, new Date());
    for (const name of kept.slice(1)) put(name);
    mkdirSync(join(folder, `sub.${gone}.0123abcd.tmp`));
    utimesSync(join(folder, `sub.${gone}.0123abcd.tmp`), old, old);
    removeLeftovers(folder);
    expect(readdirSync(folder).sort()).toEqual([...kept, `sub.${gone}.0123abcd.tmp`].sort());
    removeLeftovers(join(folder, 'nowhere'));
  });

  it('replaces the old file and leaves nothing beside it', () => {
    const path = join(folder, 'x.json');
    writeArtifact(path, { a: 1 });
    writeArtifact(path, { a: 2 });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ a: 2 });
    expect(readdirSync(folder)).toEqual(['x.json']);
  });

  it('leaves the old file where writing fails', () => {
    const path = join(folder, 'x.json');
    writeArtifact(path, { a: 1 });
    const broken = {
      a: 1,
      b: {
        get c(): never {
          throw new Error('stop');
        },
      },
    };
    expect(() => writeArtifact(path, broken)).toThrow('stop');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ a: 1 });
    expect(readdirSync(folder)).toEqual(['x.json']);
  });

  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(codeOf(() => writeArtifact(join(folder, 'file', 'x.json'), {}))).toBe('XF5013');
  });
});

describe('reading', () => {
  const path = () => join(folder, 'x.json');
  const written = (value: unknown) => {
    writeFileSync(path(), typeof value === 'string' ? value : JSON.stringify(value));
    return path();
  };
  const versioned = (name: string, version: number, rest: object) => ({
    metadata: { dbt_schema_version: `https://schemas.getdbt.com/dbt/${name}/v${version}.json` },
    ...rest,
  });

  it('gives back what was written', () => {
    writeArtifact(path(), manifest);
    expect(readManifest(path())).toEqual(manifest);
    const results = runResults(origin, new Date(0), {
      results: [runResult({ unique_id: 'model.p.a', status: 'success' })],
      elapsed_time: 1.5,
      args: { which: 'run' },
    });
    writeArtifact(path(), results);
    expect(readRunResults(path())).toEqual(results);
  });

  it('brings a manifest of old up to date', () => {
    const old = readManifest(
      written(
        versioned('manifest', 6, {
          nodes: {
            'model.p.a': {
              resource_type: 'model',
              raw_sql: 'select 1',
              compiled_sql: 'select 1',
              refs: [['b'], ['q', 'c']],
              root_path: '/x',
            },
          },
          metrics: { 'metric.p.m': {} },
          disabled: {
            'metric.p.n': [{ resource_type: 'metric' }],
            'model.p.z': [{ raw_sql: 'z', resource_type: 'model' }],
          },
        }),
      ),
    );
    expect(old.nodes['model.p.a']).toEqual({
      resource_type: 'model',
      raw_code: 'select 1',
      compiled_code: 'select 1',
      refs: [
        { name: 'b', package: null, version: null },
        { name: 'c', package: 'q', version: null },
      ],
      language: 'sql',
    });
    expect([old.metrics, old.unit_tests, old.functions, old.group_map]).toEqual([{}, {}, {}, {}]);
    expect(old.disabled['metric.p.n']).toEqual([]);
    expect(old.disabled['model.p.z']![0]).toMatchObject({ raw_code: 'z' });
  });

  it('makes lists of the filters of version 10', () => {
    const old = readManifest(
      written(
        versioned('manifest', 10, {
          metrics: {
            m: {
              resource_type: 'metric',
              filter: { where_sql_template: 'a' },
              type_params: { measure: { filter: { where_sql_template: 'b' } }, metrics: [{ filter: null }] },
            },
          },
        }),
      ),
    );
    expect(old.metrics.m!.filter).toEqual({ where_filters: [{ where_sql_template: 'a' }] });
    expect(old.metrics.m!.type_params.measure!.filter).toEqual({ where_filters: [{ where_sql_template: 'b' }] });
    expect(old.metrics.m!.type_params.metrics![0]!.filter).toBeNull();
  });

  it('fills what results of old do not have', () => {
    const old = readRunResults(written(versioned('run-results', 4, { results: [{ unique_id: 'a', status: 'pass' }] })));
    expect(old.results[0]).toMatchObject({ unique_id: 'a', failures: null, compiled_code: null });
    expect(old.args).toEqual({});
  });

  it('tells when sources were loaded', () => {
    const report = freshnessReport(origin, new Date(0), {
      results: [{ unique_id: 's', error: 'x', status: 'runtime error' }],
      elapsed_time: 0,
    });
    writeArtifact(path(), report);
    expect([...loadedAt(readFreshness(path()))]).toEqual([['s', null]]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '{"metadata"', 'XF5011'],
    ['no object', '[]', 'XF5011'],
    ['another artifact', versioned('catalog', 1, {}), 'XF5012'],
    ['a version too old', versioned('manifest', 3, {}), 'XF5012'],
    ['a version too new', versioned('manifest', 13, {}), 'XF5012'],
    ['no version', {}, 'XF5012'],
  ])('refuses %s', (_, value, code) => {
    expect(codeOf(() => readManifest(written(value)))).toBe(code);
  });

  it('says that a file is missing', () => {
    expect(codeOf(() => readManifest(path()))).toBe('XF5010');
  });
});

describe('versions', () => {
  it('are those of the package and of the contract', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(xformVersion()).toBe(version);
    expect(dbtVersion).toMatch(/^1\.12\./);
  });
});
