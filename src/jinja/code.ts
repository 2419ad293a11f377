import type { NameNumbers } from './names.ts';

/** How generated code runs and what it makes. */
export interface Mode {
  /** Generator functions, in which calls may wait. */
  readonly waits: boolean;
  /** The values of a template's outputs in a list, instead of text. */
  readonly parts: boolean;
}

/** Something the expressions of a template need once, whatever runs: filters, constants, macro shapes, places. */
export class Program {
  readonly mode: Mode;
  readonly numbers: NameNumbers;
  readonly places: number[] = [];
  readonly #constants: string[] = [];
  readonly #constantOf = new Map<string, string>();
  readonly #hostNames = new Map<string, string>();
  readonly #unset = new Map<string, string>();
  #lastPlace = -1;
  #counter = 0;

  constructor(mode: Mode, numbers: NameNumbers) {
    this.mode = mode;
    this.numbers = numbers;
  }

  /** The number of a place. */
  place(start: number, end: number): number {
    const last = this.#lastPlace;
    if (last >= 0 && this.places[2 * last] === start && this.places[2 * last + 1] === end) return last;
    this.places.push(start, end);
    this.#lastPlace = this.places.length / 2 - 1;
    return this.#lastPlace;
  }
  /** A variable of its own. */
  fresh(prefix: string): string {
    this.#counter += 1;
    return `${prefix}${this.#counter}`;
  }
  /** A value made once when the program is loaded. */
  constant(code: string): string {
    let name = this.#constantOf.get(code);
    if (name === undefined) {
      name = `c${this.#constants.length}`;
      this.#constantOf.set(code, name);
      this.#constants.push(`${name}=${code}`);
    }
    return name;
  }
  /** The variable that holds a name of the host, looked up once a run. */
  hostName(name: string): string {
    let variable = this.#hostNames.get(name);
    if (variable === undefined) {
      variable = `g${this.#hostNames.size}`;
      this.#hostNames.set(name, variable);
    }
    return variable;
  }
  /** The variable that holds the undefined value of a name not assigned to yet. */
  unset(name: string): string {
    let variable = this.#unset.get(name);
    if (variable === undefined) {
      variable = `u${this.#unset.size}`;
      this.#unset.set(name, variable);
    }
    return variable;
  }

  /** Head of a run: the names it needs of the host. */
  prelude(): string {
    const parts = [...this.#hostNames].map(([name, variable]) => `${variable}=L(${quote(name)})`);
    parts.push(...[...this.#unset].map(([name, variable]) => `${variable}=rt.undef(${quote(name)})`));
    return parts.length > 0 ? `const ${parts.join(',')};` : '';
  }
  /** Head of the program. */
  constants(): string {
    return this.#constants.length > 0 ? `const ${this.#constants.join(',')};` : '';
  }
}

/** A string as a literal of JavaScript, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
