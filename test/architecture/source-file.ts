import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One import or re-export as written in a file. */
export interface ImportLine {
  /** What stands between the quotes. */
  readonly specifier: string;
  /** Whether it is gone once types are stripped. */
  readonly typeOnly: boolean;
  /** `import()`: loaded when reached, not with the file. */
  readonly dynamic: boolean;
}

/** A source file as the architecture test sees it. */
export interface SourceText {
  /** Path from the repository's root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly ImportLine[];
}

const statement = /^(import|export)\b\s*(type\b)?([^'"`;]*?)\bfrom\s*'([^']+)'/gm;
const sideEffect = /^import\s*'([^']+)'/gm;
const dynamicImport = /\bimport\(\s*'([^']+)'\s*\)/g;

/** All TypeScript files below the folders, read; those that only declare are none. */
export function readSources(root: string, folders: readonly string[]): SourceText[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => {
        const file = path.posix.join(folder, name.split(path.sep).join('/'));
        const text = readFileSync(path.join(root, file), 'utf8');
        return { file, text, imports: importsOf(text) };
      }),
  );
}

/** The imports of a file. Statements start at the line's beginning, as the formatter leaves them. */
export function importsOf(text: string): ImportLine[] {
  const code = withoutComments(text);
  const found: ImportLine[] = [];
  for (const [, , type, names = '', specifier = ''] of code.matchAll(statement)) {
    found.push({ specifier, typeOnly: type !== undefined || onlyTypes(names), dynamic: false });
  }
  for (const [, specifier = ''] of code.matchAll(sideEffect)) {
    found.push({ specifier, typeOnly: false, dynamic: false });
  }
  for (const [, specifier = ''] of code.matchAll(dynamicImport)) {
    found.push({ specifier, typeOnly: false, dynamic: true });
  }
  return found;
}

/** `{ type A, type B }` imports nothing that is left at run time. */
function onlyTypes(names: string): boolean {
  const inner = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
  if (inner === undefined) return false;
  const parts = inner.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '').every((part) => part.startsWith('type '));
}

/** Comments that take whole lines; others cannot hold a statement at a line's beginning. */
export function withoutComments(text: string): string {
  return text.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '');
}
