import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

const unquotedKey = /[^=#\s]+/y;
const quotedKey = /'([^']+)'/y;
const singleQuoted = /'((?:\\[\s\S]|[^'\\])*)'/y;
const doubleQuoted = /"((?:\\[\s\S]|[^"\\])*)"/y;
const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The environment with the nearest `.env` file, in `cwd` or a folder above it, beneath it: what is set already wins.
 * Reads the file as python-dotenv does. `file` is the file read, if there is one.
 */
export function loadDotenv(cwd: string, env: Env): { readonly env: Env; readonly file?: string } {
  if (/^(1|true|t|yes|y)$/i.test(env.PYTHON_DOTENV_DISABLED ?? '')) return { env };
  const file = findDotenv(cwd);
  if (file === undefined) return { env };
  const merged: Record<string, string | undefined> = { ...env };
  for (const [name, value] of resolve(parseDotenv(readFileSync(file, 'utf8')), env)) {
    if (merged[name] === undefined) merged[name] = value;
  }
  return { env: merged, file };
}

function findDotenv(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, '.env');
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile() || found?.isFIFO()) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The lines of a `.env` file, in order; null for a name without `=`. Lines that cannot be read are left out. */
export function parseDotenv(source: string): [name: string, value: string | null][] {
  const text = source.replace(/^\ufeff/, '');
  const bindings: [string, string | null][] = [];
  let at = 0;
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    read(/\s*/y);
    if (at >= text.length) break;
    const binding = readBinding(read, () => text[at]);
    if (binding === undefined) read(/[^\r\n]*(?:\r\n|\n|\r)?/y);
    else if (binding[0] !== null) bindings.push([binding[0], binding[1]]);
  }
  return bindings;
}

type Read = (pattern: RegExp) => RegExpExecArray | null;

function readBinding(read: Read, peek: () => string | undefined): [string | null, string | null] | undefined {
  read(/(?:export[^\S\r\n]+)?/y);
  let key: string | null = null;
  if (peek() !== '#') {
    const match = peek() === "'" ? read(quotedKey) : read(unquotedKey);
    if (match === null) return undefined;
    key = match[1] ?? match[0];
  }
  read(/[^\S\r\n]*/y);
  let value: string | null = null;
  if (peek() === '=') {
    const gap = read(/=[^\S\r\n]*/y)![0];
    const found = gap.length > 1 && peek() === '#' ? '' : readValue(read, peek());
    if (found === undefined) return undefined;
    value = found;
  }
  read(/(?:[^\S\r\n]*#[^\r\n]*)?/y);
  return read(/[^\S\r\n]*(?:\r\n|\n|\r|$)/y) === null ? undefined : [key, value];
}

function readValue(read: Read, first: string | undefined): string | undefined {
  if (first === "'") return read(singleQuoted)?.[1]?.replace(/\\([\\'])/g, '$1');
  if (first === '"') {
    return read(doubleQuoted)?.[1]?.replace(/\\([\\'"abfnrtv])/g, (_, letter: string) => escapes[letter] ?? letter);
  }
  if (first === undefined || first === '\n' || first === '\r') return '';
  return read(/[^\r\n]*/y)![0]
    .replace(/\s+#.*/, '')
    .trimEnd();
}

/** Fills in `${NAME}` and `${NAME:-default}`: from the environment first, then from the lines above. */
function resolve(bindings: readonly [string, string | null][], env: Env): ReadonlyMap<string, string | undefined> {
  const result = new Map<string, string | undefined>();
  for (const [name, value] of bindings) {
    result.set(
      name,
      value?.replace(/\$\{([^}:]*)(?::-([^}]*))?\}/g, (_, wanted: string, fallback: string | undefined) => {
        const known = env[wanted] ?? result.get(wanted);
        return known ?? (result.has(wanted) ? '' : (fallback ?? ''));
      }),
    );
  }
  return result;
}
