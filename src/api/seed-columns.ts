import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from '../adapter/index.ts';
import type { ManifestNode } from '../artifacts/index.ts';
import { parseCsv } from '../core/index.ts';
import { readSeed, type SeedFacts } from '../run/index.ts';
import { catalogType, type DialectName, type KnownColumn } from '../sql/index.ts';

/** Seeds of more bytes than this are not read for the types of their columns. */
const LARGE_SEED = 5_000_000;
/** More than this is no header. */
const HEADER = 65_536;

/** The columns of a seed with the types that they will be loaded with. */
export function seedColumns(dialect: Dialect, name: DialectName, node: ManifestNode): readonly KnownColumn[] {
  const seed = node as unknown as SeedFacts & { config: { column_types?: Readonly<Record<string, string>> } };
  const { column_types: given = {}, delimiter } = seed.config;
  const known = (column: string, type: string | undefined): KnownColumn => ({
    name: column,
    type: type === undefined ? null : catalogType(name, type),
  });
  const file = join(seed.root_path ?? '', seed.original_file_path);
  try {
    if (statSync(file).size > LARGE_SEED)
      return headerOf(file, String(delimiter ?? ',')).map((column) => known(column, given[column]));
    const table = readSeed(seed);
    return table.columnNames.map((column, i) => known(column, given[column] ?? table.seedType(dialect, i)));
  } catch {
    // What is wrong with the file is said when it is loaded.
    return [];
  }
}

/** Names of the columns in the first line of a seed. */
function headerOf(path: string, delimiter: string): readonly string[] {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEADER);
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, HEADER, 0));
    return parseCsv(text.slice(0, lineEnd(text)), delimiter).header.map((name) => name.trim());
  } finally {
    closeSync(file);
  }
}

/** The end of the first line that is not inside of quotes. */
function lineEnd(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === '\n' && !quoted) return i + 1;
  }
  return text.length;
}
