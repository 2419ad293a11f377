import type { ExplorerData, SqlData } from '../explorer-data.ts';

const island = (id: string): string => document.getElementById(id)?.textContent ?? '';

/** The data that stands in the page. */
export const readData = (): ExplorerData => JSON.parse(island('data')) as ExplorerData;

/** The SQL of all nodes. Packed, since it is most of the file; unpacked when somebody first looks at any. */
export async function readSql(): Promise<SqlData> {
  const bytes = Uint8Array.from(atob(island('sql').trim()), (char) => char.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(unpacked).text()) as SqlData;
}
