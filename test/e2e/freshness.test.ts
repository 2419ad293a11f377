import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

const files = {
  'seeds/loads.csv': 'id,at,word\n1,2020-01-01 00:00:00,a\n2,2020-01-02 12:00:00,b\n',
  'models/sources.yml': `sources:
  - name: lake
    schema: main
    config:
      loaded_at_field: '"at"'
      freshness: {warn_after: {count: 1, period: day}, error_after: {count: 2, period: day}}
    tables:
      - {name: old, identifier: loads}
      - name: warned
        identifier: loads
        config: {freshness: {error_after: null}}
      - name: asked
        identifier: loads
        config: {loaded_at_query: "select case '{{ source_node.name }}' when 'asked' then current_timestamp end from {{ this }} limit 1"}
      - name: filtered
        identifier: loads
        config: {freshness: {filter: id = 7}}
      - {name: missing, identifier: nowhere}
      - name: word
        identifier: loads
        config: {loaded_at_field: word}
      - name: unwatched
        identifier: loads
        config: {freshness: null}
`,
};

interface Result {
  readonly unique_id: string;
  readonly status: string;
  readonly error?: string;
  readonly max_loaded_at?: string;
  readonly max_loaded_at_time_ago_in_s?: number;
  readonly snapshotted_at?: string;
  readonly criteria?: unknown;
  readonly timing?: readonly { readonly name: string }[];
}
interface Sources {
  readonly metadata: { readonly dbt_schema_version: string };
  readonly results: readonly Result[];
  readonly elapsed_time: number;
}
const byName = (sources: Sources): Record<string, Result> =>
  Object.fromEntries(sources.results.map((result) => [result.unique_id.split('.').at(-1)!, result]));

describe('the freshness of a table', () => {
  it('is that of its source but for what it says itself, part by part', () => {
    const project = new TemporaryProject({
      'models/sources.yml': `
sources:
  - name: raw
    loaded_at_field: at
    freshness: {warn_after: {count: 12, period: hour}, error_after: {count: 24, period: hour}, filter: x}
    tables:
      - name: nothing
      - name: one
        freshness: {warn_after: {count: 6, period: hour}}
      - name: part
        config: {freshness: {warn_after: {count: 6}, error_after: {}}}
      - name: no_error
        freshness: {error_after: null, filter: y}
      - name: config_counts
        freshness: {warn_after: {count: 1, period: day}}
        config: {freshness: {warn_after: {count: 2, period: day}}}
      - name: none_at_all
        freshness: null
  - name: quiet
    config: {freshness: null}
    tables:
      - name: stays_off
      - name: on_again
        freshness: {warn_after: {count: 3, period: day}}
`,
    });
    project.ok(['parse']);
    const { sources } = project.artifact<{ sources: Record<string, { freshness: unknown }> }>('manifest.json');
    const time = (count: number | null, period: string | null) => ({ count, period });
    const [h6, h12, h24, none] = [time(6, 'hour'), time(12, 'hour'), time(24, 'hour'), time(null, null)];
    const found = Object.entries(sources).map(([id, { freshness }]) => [id.split('.').at(-1), freshness]);
    expect(Object.fromEntries(found)).toEqual({
      nothing: { warn_after: h12, error_after: h24, filter: 'x' },
      one: { warn_after: h6, error_after: h24, filter: 'x' },
      part: { warn_after: h12, error_after: h24, filter: 'x' },
      no_error: { warn_after: h12, error_after: null, filter: 'y' },
      config_counts: { warn_after: time(2, 'day'), error_after: h24, filter: 'x' },
      none_at_all: null,
      stays_off: null,
      on_again: { warn_after: time(3, 'day'), error_after: none, filter: null },
    });
  });
});

describe('source freshness', () => {
  it('tells old from fresh, and what could not be asked', () => {
    const project = new TemporaryProject(files);
    project.ok(['seed']);
    const { code, stdout } = project.xform(['source', 'freshness']);
    expect(code).toBe(1);
    const sources = project.artifact<Sources>('sources.json');
    expect(sources.metadata.dbt_schema_version).toBe('https://schemas.getdbt.com/dbt/sources/v3.json');
    const results = byName(sources);
    expect(Object.fromEntries(Object.entries(results).map(([name, { status }]) => [name, status]))).toEqual({
      old: 'error',
      warned: 'warn',
      asked: 'pass',
      filtered: 'error',
      missing: 'runtime error',
      word: 'runtime error',
    });
    expect(results.old!.max_loaded_at).toBe('2020-01-02T12:00:00+00:00');
    expect(results.old!.criteria).toEqual({
      warn_after: { count: 1, period: 'day' },
      error_after: { count: 2, period: 'day' },
      filter: null,
    });
    expect(results.old!.timing).toMatchObject([{ name: 'compile' }, { name: 'execute' }]);
    const age = (Date.parse(results.old!.snapshotted_at!) - Date.parse(results.old!.max_loaded_at!)) / 1000;
    expect(results.old!.max_loaded_at_time_ago_in_s).toBeCloseTo(age, 2);
    expect(results.filtered!.max_loaded_at).toBe('0001-01-01T00:00:00+00:00');
    expect(results.missing!.error).toContain('Runtime Error in source missing (models/sources.yml)');
    expect(results.word!.error).toContain('Expected a timestamp value');
    expect(stdout).toMatch(/ START freshness of lake\.old \.+ \[RUN\]$/m);
    expect(stdout).toMatch(/ ERROR STALE freshness of lake\.old \.+ \[ERROR STALE in \d+\.\d\ds\]$/m);
    expect(stdout).toMatch(/ WARN freshness of lake\.warned \.+ \[WARN in \d+\.\d\ds\]$/m);
    expect(stdout).toMatch(/ PASS freshness of lake\.asked \.+ \[PASS in \d+\.\d\ds\]$/m);
    expect(stdout).toMatch(/ ERROR freshness of lake\.missing \.+ \[ERROR in \d+\.\d\ds\]$/m);
    expect(stdout).toContain('The newest row is of 2020-01-02T12:00:00+00:00, older than 2 days');
    expect(stdout).toContain('There are no rows');
    expect(stdout).toMatch(/Finished running 6 sources in /);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Done.');
  });

  it('checks what is selected and writes where it is told, under its older name too', () => {
    const project = new TemporaryProject(files);
    project.ok(['seed']);
    project.ok([
      'source',
      'snapshot-freshness',
      '--select',
      'source:lake.asked',
      'source:lake.warned',
      '-o',
      'out/fresh.json',
    ]);
    expect(project.has('target/sources.json')).toBe(false);
    const sources = JSON.parse(project.read('out/fresh.json')) as Sources;
    expect(sources.results.map((result) => result.status).sort()).toEqual(['pass', 'warn']);
    expect(project.ok(['source', 'freshness', '-s', 'source:lake.unwatched'])).toContain('Nothing to do.');
    expect(project.artifact<Sources>('sources.json').results).toEqual([]);
  });

  it('lets a table take back what its source says, and refuses to be told twice', () => {
    const source = (more: string) => `sources:
  - name: lake
    schema: main
    loaded_at_query: select timestamp '2020-01-01'
    freshness: {warn_after: {count: 1, period: day}}
    tables:
      - {name: asked, identifier: loads}
      - {name: field, identifier: loads, loaded_at_field: now()}
      - {name: neither, identifier: loads, loaded_at_field: null}
${more}`;
    const project = new TemporaryProject({ ...files, 'models/sources.yml': source('') });
    expect(project.ok(['seed'])).toMatch(
      /WARNING.*\n.*does not support metadata-based freshness\. A loaded_at_field must be specified for source 'lake\.neither'\./,
    );
    expect(project.xform(['source', 'freshness'])).toMatchObject({ code: 1 });
    const results = byName(project.artifact<Sources>('sources.json'));
    const told = Object.entries(results).map(([name, { status, max_loaded_at: at }]) => [
      name,
      status,
      at?.slice(0, 4),
    ]);
    expect(told.sort()).toEqual([
      ['asked', 'warn', '2020'],
      ['field', 'pass', String(new Date().getUTCFullYear())],
      ['neither', 'runtime error', undefined],
    ]);
    expect(results.neither!.error).toContain(
      "Could not compute freshness for source neither: no 'loaded_at_field' provided and duckdb adapter does not support metadata-based freshness checks.",
    );
    project.write(
      'models/sources.yml',
      source('      - {name: both, loaded_at_field: a, loaded_at_query: select 1}\n'),
    );
    const { code, stdout } = project.xform(['parse']);
    expect(code).toBe(2);
    expect(stdout).toContain('it cannot have both loaded_at_field and loaded_at_query at the level of the table');
  });

  it('runs the hooks of the project, unless they are switched off', () => {
    const hooked = "name: shop\nversion: '1.0'\nprofile: shop\non-run-start: ['select 1']\n";
    const project = new TemporaryProject({ ...files, 'dbt_project.yml': hooked });
    project.ok(['seed']);
    const only = ['source', 'freshness', '-s', 'source:lake.asked'];
    expect(project.ok(only)).toMatch(/OK hook: shop\.on-run-start\.0 \.+ \[OK in /);
    project.write('dbt_project.yml', `${hooked}flags: {source_freshness_run_project_hooks: false}\n`);
    expect(project.ok(only)).not.toContain('on-run-start');
  });
});
