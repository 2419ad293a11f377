import path from 'node:path';
import type { SourceText } from './source-file.ts';

/** Every room of src and its rank: it imports rooms of lower rank only. docs/architecture.md says what each is for. */
export const ranks: Readonly<Record<string, number>> = {
  core: 0,
  jinja: 1,
  sql: 1,
  graph: 1,
  adapter: 1,
  artifacts: 1,
  builtins: 2,
  project: 3,
  packages: 4,
  parse: 4,
  state: 5,
  compile: 6,
  plan: 7,
  run: 8,
  report: 9,
  explore: 9,
  api: 10,
  testing: 10,
  cli: 11,
};

/** Packages that only one place may import, so that another can take their place there. */
export const doors: Readonly<Record<string, string>> = {
  '@duckdb/node-api': 'adapters/duckdb/',
  '@polyglot-sql/sdk': 'src/sql/',
  pg: 'adapters/postgres/',
};

/** The one file that may name adapters: it loads them on demand. */
const registry = 'src/adapter/registry.ts';

/** `src/parse/x.ts` → `parse`; `adapters/duckdb/x.ts` → `adapters/duckdb`. */
function roomOf(file: string): string {
  const [top, second = ''] = file.split('/');
  return top === 'src' ? second : `${top}/${second}`;
}

/** The file a relative import means, from the repository's root. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : undefined;
}

/** Why this import is not allowed, or undefined where it is. */
export function forbidden(file: string, specifier: string): string | undefined {
  const target = resolveImport(file, specifier);
  if (target === undefined) return forbiddenPackage(file, specifier);
  const from = roomOf(file);
  const to = roomOf(target);
  if (from === to) return undefined;
  if (!target.startsWith('src/')) {
    return file === registry && target.startsWith('adapters/') ? undefined : `reaches into ${to}`;
  }
  if (!target.endsWith(`/${to}/index.ts`)) return `enters ${to} by another door than its index.ts`;
  if (from.startsWith('adapters/')) {
    return to === 'core' || to === 'adapter' ? undefined : 'is an adapter and may know core and adapter only';
  }
  const own = ranks[from];
  const other = ranks[to];
  if (own === undefined) return `lies in a room without a rank (${from})`;
  if (other === undefined) return `imports a room without a rank (${to})`;
  return other < own ? undefined : `${from} has rank ${own}, ${to} has ${other}`;
}

function forbiddenPackage(file: string, specifier: string): string | undefined {
  for (const [name, door] of Object.entries(doors)) {
    const meant = specifier === name || specifier.startsWith(`${name}/`);
    if (meant && !file.startsWith(door)) return `only ${door} may import ${name}`;
  }
  return undefined;
}

/** Circles of files that need one another when loaded, each as the way round. */
export function valueCycles(sources: readonly SourceText[]): string[][] {
  const needs = new Map(
    sources.map((source) => [
      source.file,
      source.imports
        .filter((line) => !line.typeOnly && !line.dynamic)
        .map((line) => resolveImport(source.file, line.specifier))
        .filter((target) => target !== undefined),
    ]),
  );
  const done = new Set<string>();
  const way: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    if (done.has(file)) return;
    const at = way.indexOf(file);
    if (at >= 0) {
      cycles.push([...way.slice(at), file]);
      return;
    }
    way.push(file);
    for (const next of needs.get(file) ?? []) visit(next);
    way.pop();
    done.add(file);
  };
  for (const file of needs.keys()) visit(file);
  return cycles;
}
