import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { emptyManifest, type Manifest, manifestMetadata, modelNode, withEdgeMaps } from '../../src/artifacts/index.ts';
import type { ExplorerData, SqlData } from '../../src/explore/explorer-data.ts';
import { explorerPage } from '../../src/explore/index.ts';
import { builtAssets } from './assets.ts';
import { largeProject } from './large-project.ts';

const assets = builtAssets();

/** The text of the element with an id. */
const island = (html: string, id: string): string =>
  new RegExp(`<script type="[^"]+" id="${id}">([^<]*)</script>`).exec(html)![1]!;
const dataOf = (html: string): ExplorerData => JSON.parse(island(html, 'data')) as ExplorerData;
const sqlOf = (html: string): SqlData =>
  JSON.parse(gunzipSync(Buffer.from(island(html, 'sql'), 'base64')).toString()) as SqlData;

/** A project of one model. */
function oneModel(fields: Partial<ReturnType<typeof modelNode>>): Manifest {
  const origin = { id: 'test', startedAt: new Date(0), env: {} };
  const subject = { project_name: 'tiny <b>', project_id: null, adapter_type: null, quoting: null };
  const node = modelNode({
    database: null,
    schema: 'main',
    name: 'a',
    package_name: 'tiny',
    path: 'a.sql',
    original_file_path: 'models/a.sql',
    unique_id: 'model.tiny.a',
    fqn: ['tiny', 'a'],
    alias: 'a',
    checksum: { name: 'none', checksum: '' },
    raw_code: 'select 1',
    ...fields,
  });
  return withEdgeMaps({
    ...emptyManifest(manifestMetadata(origin, new Date(0), subject)),
    nodes: { 'model.tiny.a': node },
  });
}

describe('the page', () => {
  it('has less than 80 kB of code, packed', () => {
    expect(gzipSync(assets.script).length + gzipSync(assets.style).length).toBeLessThan(80_000);
  });

  it('asks for nothing from elsewhere and lets nothing be asked for', () => {
    const html = explorerPage({ manifest: oneModel({}) }, assets);
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`);
    expect(html).not.toMatch(/<(?:link|img|iframe|object|embed)\b|@import|url\(\s*['"]?https?:/i);
    expect(html).not.toMatch(/<script[^>]+src=/);
    expect(assets.script.match(/\bfetch\(|XMLHttpRequest|WebSocket|\bimport\(|new Function|\beval\(/g)).toBeNull();
  });

  it('takes nothing in the project for markup', () => {
    const nasty = '</script><script>alert(1)</script><!-- ]]>';
    const html = explorerPage({ manifest: oneModel({ description: nasty, raw_code: nasty }) }, assets);
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html).toContain('<title>tiny &#60;b&#62;');
    expect(dataOf(html).nodes[0]!.description).toBe(nasty);
    expect(sqlOf(html)[0]).toEqual([nasty, null]);
    expect(assets.script).not.toMatch(/<\/script|<!--/i);
    expect(assets.style).not.toContain('</');
  });

  it('is there without catalog, lineage and run', () => {
    const { nodes, run, freshnessAt, edges } = dataOf(explorerPage({ manifest: oneModel({}) }, assets));
    expect({ run, freshnessAt, edges }).toEqual({ run: null, freshnessAt: null, edges: [] });
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).not.toHaveProperty('columns');
    expect(nodes[0]).not.toHaveProperty('missing');
  });

  it('says what is not known, and names tables that are not in the project', () => {
    const known = {
      columns: [
        { name: 'x', type: null, from: [{ table: 'elsewhere.t', column: 'y', kinds: ['copy', 'filter'] }] },
        { name: 'z', type: 'INTEGER', from: [], unknown: 'a function that is not known' },
      ],
      rows_from: [{ table: 'elsewhere.t', column: 'w', kinds: ['filter'] }],
      incomplete: ['the columns of elsewhere.t are not known'],
    };
    const lineage = { metadata: {} as never, nodes: { 'model.tiny.a': known } };
    const data = dataOf(explorerPage({ manifest: oneModel({}), lineage }, assets));
    expect(data.nodes.map(({ id, type, parents }) => [id, type, parents])).toEqual([
      ['model.tiny.a', 'model', [1]],
      ['elsewhere.t', 'outside', []],
    ]);
    const names = data.nodes.map(({ columns = [] }) => columns.map((text) => data.strings[text]));
    expect(names[0]).toEqual([
      'x',
      undefined,
      undefined,
      undefined,
      'z',
      'INTEGER',
      undefined,
      'a function that is not known',
    ]);
    expect(names[1]!.filter(Boolean)).toEqual(['y', 'w']);
    // Columns count through: x 0, z 1 of the model, y 2, w 3 of the other table.
    expect(data.edges).toEqual([2, 0, 1 | (1 << data.kinds.indexOf('filter'))]);
    expect(data.effects).toEqual([3, 0, 1 << data.kinds.indexOf('filter')]);
    expect(data.nodes[0]!.incomplete).toEqual(known.incomplete);
  });

  it('is below 15 MB for 3,000 models of 30,000 columns and 9,000 tests', () => {
    const html = explorerPage(largeProject(3000), assets);
    console.log(`explorer: 3,000 models make a page of ${(html.length / 1e6).toFixed(1)} MB`);
    expect(html.length).toBeLessThan(15e6);
    const { nodes, strings } = dataOf(html);
    expect(nodes.filter(({ type }) => type === 'model')).toHaveLength(3000);
    expect(nodes.reduce((sum, { columns = [] }) => sum + columns.length / 4, 0)).toBe(30_000);
    expect(strings.length).toBeLessThan(100);
  });
});
