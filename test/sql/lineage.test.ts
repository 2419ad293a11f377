import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyseQuery, type ColumnEdge, type NamedTable } from '../../src/sql/analysis.ts';
import type { DialectName } from '../../src/sql/index.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'lineage');

const columns = (...names: string[]) => names.map((name) => ({ name, type: null }));
const tables: readonly NamedTable[] = [
  { key: 't', name: ['db', 'main', 't'], columns: columns('id', 'a', 'b', 'arr', 'st') },
  { key: 'u', name: ['db', 'main', 'u'], columns: columns('id', 'c') },
  { key: 'open', name: ['db', 'main', 'open_table'] },
];

const written = (edges: readonly ColumnEdge[]): string =>
  edges.map(({ table, column, kinds }) => `${table}.${column} ${kinds.join('+')}`).join(', ');

/** What is known of a query, in the words of the files. */
function answer(sql: string, dialect: DialectName): string[] {
  const { columns: found, rest, effects, problems } = analyseQuery({ sql, dialect, tables });
  return [
    ...found.map(
      ({ name, edges, unknown }) =>
        `=> ${name ?? '?'}${edges.length ? ` <- ${written(edges)}` : ''}${unknown ? ` (${unknown})` : ''}`,
    ),
    ...rest.map((reason) => `=> ... (${reason})`),
    ...(effects.length ? [`=> rows <- ${written(effects)}`] : []),
    ...problems.map(({ severity, message }) => `=> ${severity}: ${message}`),
  ];
}

// Each case of a file is a title, a query, and what is known of its columns and of what decides on its rows.
for (const file of readdirSync(folder)) {
  const dialect = basename(file, '.txt') as DialectName;
  const cases = readFileSync(join(folder, file), 'utf8').trim().split(/\n\n/);
  describe(`lineage in ${dialect}`, () => {
    for (const one of cases) {
      const lines = one.split('\n');
      const sql = lines.slice(1).filter((line) => !line.startsWith('=> '));
      it(lines[0]!.slice(3), () => {
        expect(answer(sql.join('\n'), dialect)).toEqual(lines.filter((line) => line.startsWith('=> ')));
      });
    }
  });
}
