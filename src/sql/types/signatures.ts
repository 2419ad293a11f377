/** One way to call a function. */
export interface Signature {
  readonly parameters: readonly string[];
  /** The type of all further arguments, where there may be any number. */
  readonly rest?: string | undefined;
  readonly returns: string;
}

/**
 * Functions of a dialect as its engine lists them, read from a table of lines such as `left VARCHAR;BIGINT>VARCHAR`, each
 * function on its line with all the ways to call it; `...` stands before the type of any number of arguments, and `?` for ways
 * whose types nobody has a column of.
 */
export class FunctionTable {
  readonly #lines: ReadonlyMap<string, string>;
  readonly #read = new Map<string, readonly Signature[]>();

  constructor(table: string) {
    this.#lines = new Map(
      table
        .trim()
        .split('\n')
        .map((line) => {
          const end = line.indexOf(' ');
          return [line.slice(0, end), line.slice(end + 1)];
        }),
    );
  }

  names(): Iterable<string> {
    return this.#lines.keys();
  }

  has(name: string): boolean {
    return this.#lines.has(name);
  }

  /** Whether all ways to call it are listed; of operators all that columns can be given to are. */
  isComplete(name: string): boolean {
    return this.has(name) && (!/^[a-z]/.test(name) || !this.#ways(name).includes('?'));
  }

  #ways(name: string): readonly string[] {
    return this.#lines.get(name)?.split('|') ?? [];
  }

  /** The ways to call a function; none where it is not known. */
  signatures(name: string): readonly Signature[] {
    let read = this.#read.get(name);
    if (!read) {
      read = this.#ways(name)
        .filter((way) => way !== '?')
        .map(readSignature);
      this.#read.set(name, read);
    }
    return read;
  }
}

function readSignature(text: string): Signature {
  const end = text.lastIndexOf('>');
  const all = text.slice(0, end) === '' ? [] : text.slice(0, end).split(';');
  const last = all.at(-1);
  const rest = last?.startsWith('...') ? last.slice(3) : undefined;
  return { parameters: rest === undefined ? all : all.slice(0, -1), rest, returns: text.slice(end + 1) };
}

/** The parameter for each of some arguments; undefined where their number does not fit. */
export function parametersFor({ parameters, rest }: Signature, count: number): readonly string[] | undefined {
  if (count === parameters.length) return parameters;
  if (rest === undefined || count < parameters.length) return undefined;
  return [...parameters, ...Array<string>(count - parameters.length).fill(rest)];
}
