import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExplorerData } from '../../src/explore/explorer-data.ts';
import { ensureBuilt } from '../architecture/loaded-files.ts';
import { root, TemporaryProject } from './temporary-project.ts';

const shop = {
  'seeds/raw.csv': 'id,name\n1,ann\n2,bob\n',
  'models/stg.sql': "select id, name from {{ ref('raw') }}\n",
  'models/part.sql': "{{ config(materialized='ephemeral') }} select 1 as one\n",
  'models/total.sql':
    "{{ config(materialized='table', schema='marts') }}\nselect count(*) as n, sum(id) as s from {{ ref('stg') }}\n",
  'models/schema.yml': `models:
  - name: stg
    description: "Staged </script><b>rows</b>"
    columns:
      - {name: id, description: the key, data_tests: [unique]}
      - {name: gone, description: not there}
sources:
  - name: lake
    schema: main
    tables: [{name: raw}, {name: nowhere}]
`,
};

interface Table {
  readonly unique_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<
    Record<string, { readonly type: string; readonly index: number; readonly name: string; readonly comment: unknown }>
  >;
  readonly stats: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Catalog {
  readonly metadata: { readonly dbt_schema_version: string };
  readonly nodes: Readonly<Record<string, Table>>;
  readonly sources: Readonly<Record<string, Table>>;
  readonly errors: unknown;
}
const catalogOf = (project: TemporaryProject): Catalog => project.artifact<Catalog>('catalog.json');

/** The data of the page. */
const dataOf = (html: string): ExplorerData =>
  JSON.parse(/<script type="application\/json" id="data">([^<]*)</.exec(html)![1]!) as ExplorerData;

describe('docs generate', () => {
  it('writes what the warehouse has of nodes and sources', () => {
    const project = new TemporaryProject(shop);
    project.ok(['build']);
    const said = project.ok(['docs', 'generate']);
    expect(said).toContain('Building catalog');
    expect(said).toContain(`Catalog written to ${project.folder}/target/catalog.json`);
    const catalog = catalogOf(project);
    expect(catalog.metadata.dbt_schema_version).toBe('https://schemas.getdbt.com/dbt/catalog/v1.json');
    expect(catalog.errors).toBeNull();
    expect(Object.keys(catalog.nodes).sort()).toEqual(['model.shop.stg', 'model.shop.total', 'seed.shop.raw']);
    expect(Object.keys(catalog.sources)).toEqual(['source.shop.lake.raw']);
    expect(catalog.nodes['model.shop.total']).toEqual({
      unique_id: 'model.shop.total',
      metadata: {
        type: 'BASE TABLE',
        schema: 'main_marts',
        name: 'total',
        database: 'shop',
        comment: null,
        owner: null,
      },
      columns: {
        n: { type: 'BIGINT', index: 1, name: 'n', comment: null },
        s: { type: 'HUGEINT', index: 2, name: 's', comment: null },
      },
      stats: {
        has_stats: {
          id: 'has_stats',
          label: 'Has Stats?',
          value: false,
          include: false,
          description: 'Indicates whether there are statistics for this table',
        },
      },
    });
    expect(catalog.nodes['model.shop.stg']!.metadata.type).toBe('VIEW');
    const manifest = project.artifact<{ nodes: Record<string, { compiled_code?: string }> }>('manifest.json');
    expect(manifest.nodes['model.shop.total']!.compiled_code).toContain('from "shop"."main"."stg"');
  });

  it('asks for what is selected, and for nothing with --empty-catalog', () => {
    const project = new TemporaryProject(shop);
    project.ok(['build']);
    project.ok(['docs', 'generate', '--select', 'total', 'source:lake']);
    expect(Object.keys(catalogOf(project).nodes)).toEqual(['model.shop.total']);
    expect(Object.keys(catalogOf(project).sources)).toEqual(['source.shop.lake.raw']);
    const said = project.ok(['docs', 'generate', '--empty-catalog']);
    expect(said).not.toContain('Building catalog');
    expect(catalogOf(project)).toMatchObject({ nodes: {}, sources: {}, errors: null });
  });

  it('tells what cannot be asked, and keeps the last catalog where nothing can', () => {
    const project = new TemporaryProject(shop);
    project.ok(['build']);
    project.ok(['docs', 'generate']);
    const before = project.read('target/catalog.json');
    const output = { type: 'postgres', host: '127.0.0.1', port: 1, user: 'a', password: 'b', dbname: 'c', schema: 'd' };
    project.write('away/profiles.yml', JSON.stringify({ shop: { target: 'dev', outputs: { dev: output } } }));
    const away = project.xform(['docs', 'generate', '--profiles-dir', 'away']);
    expect(away.stdout).toContain('no Postgres server answers at 127.0.0.1:1: the connection was refused');
    expect(away.code).toBe(2);
    expect(project.read('target/catalog.json')).toBe(before);

    project.write(
      'macros/catalog.sql',
      "{% macro duckdb__get_catalog_relations(schema, relations) %}{{ exceptions.raise_compiler_error('closed today') }}{% endmacro %}",
    );
    const { code, stdout } = project.xform(['docs', 'generate']);
    expect(stdout).toContain('[WARNING]: Encountered an error while generating catalog: closed today');
    expect(stdout).toContain('xform encountered 1 failure while writing the catalog');
    expect(code).toBe(1);
    expect(catalogOf(project).errors).toEqual(['closed today']);
  });

  it('leaves the manifest alone with --no-compile', () => {
    const project = new TemporaryProject(shop);
    project.ok(['docs', 'generate', '--no-compile']);
    expect(project.has('target/manifest.json')).toBe(false);
    expect(catalogOf(project).nodes).toEqual({});
    expect(project.has('target/index.html')).toBe(true);
  });

  it('keeps what it could read and exits with 1 where the catalog query fails', () => {
    const project = new TemporaryProject({
      ...shop,
      'macros/catalog.sql':
        "{% macro duckdb__get_catalog_relations(information_schema, relations) %}{{ return(run_query('select * from not_there')) }}{% endmacro %}",
    });
    project.ok(['build']);
    const { code, stdout } = project.xform(['docs', 'generate']);
    expect(code).toBe(1);
    expect(stdout).toContain('encountered 1 failure while writing the catalog');
    expect(String(catalogOf(project).errors)).toContain('not_there');
  });

  it('writes a page with all that the artifacts say, which stands alone', () => {
    const project = new TemporaryProject(shop);
    project.ok(['build']);
    project.ok(['docs', 'generate']);
    const html = project.read('target/index.html');
    expect(html).not.toMatch(/\b(?:src|href)="https?:/);
    expect(html).toContain("default-src 'none'");
    const { nodes, strings, edges, run } = dataOf(html);
    const node = (id: string) => nodes.find((one) => one.id === id)!;
    expect(nodes.filter(({ type }) => type === 'model')).toHaveLength(3);
    expect(node('source.shop.lake.raw').name).toBe('lake.raw');
    const stg = node('model.shop.stg');
    expect(stg.description).toBe('Staged </script><b>rows</b>');
    const texts = (stg.columns ?? []).map((text) => strings[text] ?? null);
    expect(texts).toEqual([
      'id',
      'INTEGER',
      'the key',
      null,
      'name',
      'VARCHAR',
      null,
      null,
      'gone',
      null,
      'not there',
      null,
    ]);
    expect(stg.parents.map((parent) => nodes[parent]!.id)).toEqual(['seed.shop.raw']);
    expect(stg.result).toMatchObject({ status: 'success' });
    expect(node('seed.shop.raw').result).toMatchObject({ rows: 2 });
    expect(node('source.shop.lake.nowhere').missing).toBe(true);
    expect(edges.length / 3).toBe(3);
    expect(run).toMatchObject({ command: 'build' });
  });

  it('still knows the last run when it is made a second time', () => {
    const project = new TemporaryProject(shop);
    project.ok(['seed']);
    project.ok(['docs', 'generate', '--empty-catalog']);
    project.ok(['docs', 'generate', '--empty-catalog']);
    expect(dataOf(project.read('target/index.html')).run).toMatchObject({ command: 'seed' });
  });

  it('writes a second file with --static, and copies the assets', () => {
    const project = new TemporaryProject({
      ...shop,
      'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\nasset-paths: [pictures, '../outside', '.']\n",
      'pictures/one.txt': 'picture',
    });
    project.ok(['docs', 'generate', '--static', '--empty-catalog']);
    expect(project.read('target/static_index.html')).toBe(project.read('target/index.html'));
    expect(project.read('target/pictures/one.txt')).toBe('picture');
    expect(project.has('target/catalog.json')).toBe(true);
  });
});

/** A server that was started, and the address that it told. */
async function served(project: TemporaryProject): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const args = [ensureBuilt(root), 'docs', 'serve', '--no-browser', '--port', '0'];
  const server = spawn(process.execPath, args, { cwd: project.folder, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  let said = '';
  for await (const piece of server.stdout) {
    said += String(piece);
    // Its last line: leaving the loop closes the pipe, and a line more would end the server.
    const port = /http:\/\/localhost:(\d+).*Press Ctrl\+C/s.exec(said)?.[1];
    if (port !== undefined) return { server, port: Number(port) };
  }
  throw new Error(`docs serve ended: ${said}`);
}

/** Asks for a path as it is written: no client puts it in order first. */
function asked(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method }, (answer) => {
      let body = '';
      answer.on('data', (piece) => {
        body += String(piece);
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('docs serve', () => {
  it('says that a port is taken', async () => {
    const project = new TemporaryProject({ 'models/a.sql': 'select 1 as id' });
    project.ok(['docs', 'generate']);
    const { port } = await served(project);
    const { code, stdout } = project.xform(['docs', 'serve', '--no-browser', '--port', String(port)]);
    expect({ code, stdout }).toMatchObject({ code: 2, stdout: expect.stringContaining('[XF1206]') });
  });

  it('serves the target folder and nothing beside it, until it is interrupted', async () => {
    const project = new TemporaryProject(shop);
    project.ok(['docs', 'generate', '--empty-catalog']);
    const { server, port } = await served(project);
    expect((await asked(port, '/')).body).toBe(project.read('target/index.html'));
    expect((await asked(port, '/catalog.json')).body).toBe(project.read('target/catalog.json'));
    for (const path of ['/../profiles.yml', '/%2e%2e/profiles.yml', '/..%2fprofiles.yml', '/nothing', '/compiled']) {
      expect([path, (await asked(port, path)).status]).toEqual([path, 404]);
    }
    expect((await asked(port, '/', { host: 'elsewhere.example' })).status).toBe(403);
    expect((await asked(port, '/', {}, 'POST')).status).toBe(405);
    server.kill('SIGINT');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });

  it('says what to do where there is no page', () => {
    const { code, stdout } = new TemporaryProject(shop).xform(['docs', 'serve', '--no-browser']);
    expect(code).toBe(2);
    expect(stdout).toContain('make it first: xform docs generate');
  });
});
