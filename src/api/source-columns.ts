import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, writeArtifact } from '../artifacts/index.ts';
import type { KnownColumn } from '../sql/index.ts';

/** Columns of sources by unique id, as the warehouse had them when it was asked. */
export type SourceColumns = Readonly<Record<string, readonly KnownColumn[]>>;

/** Where they are kept: beside the project and not in the target folder, so that they can be committed for others to check with. */
export const sourceColumnsFile = (root: string): string => join(root, '.xform', 'source_columns.json');

/** Writes `{version, sources: {unique_id: [{name, type}]}}`, sorted so that a commit shows what has changed. */
export function writeSourceColumns(root: string, columns: SourceColumns): void {
  const sorted = Object.keys(columns).sort();
  const sources = Object.fromEntries(sorted.map((id) => [id, columns[id]]));
  writeArtifact(sourceColumnsFile(root), { version: 1, sources });
}

/** What is known of the sources: what was pulled, else what the last `docs generate` found. */
export function readSourceColumns(root: string, targetFolder: string): SourceColumns {
  const pulled = readJson(sourceColumnsFile(root)) as { version?: number; sources?: SourceColumns } | undefined;
  if (pulled?.version === 1 && pulled.sources) return pulled.sources;
  const catalog = readJson(join(targetFolder, 'catalog.json')) as Partial<Catalog> | undefined;
  return catalog?.sources ? columnsOf(catalog.sources) : {};
}

/** The columns of tables of a catalog, in their order. */
export function columnsOf(tables: Catalog['sources']): SourceColumns {
  return Object.fromEntries(
    Object.entries(tables).map(([id, { columns }]) => [
      id,
      Object.values(columns)
        .toSorted((a, b) => a.index - b.index)
        .map(({ name, type }) => ({ name, type })),
    ]),
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
