/** Where the value of a variable comes from when its frame is entered. */
export type Load =
  /** Set by the code that makes the frame. */
  | { readonly kind: 'given' }
  /** A name of the host. */
  | { readonly kind: 'host'; readonly name: string }
  /** A copy of an outer frame's variable, which inner assignments then leave alone. */
  | { readonly kind: 'copy'; readonly of: string }
  /** Nothing yet. */
  | { readonly kind: 'unset'; readonly name: string };

/** Numbers for the names of one template: what users call their variables never gets into generated code. */
export class NameNumbers {
  readonly #numbers = new Map<string, number>();
  of(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/**
 * The variables of one frame (template, macro, loop body, block …), by Jinja's rules: a frame sees outer variables, an
 * assignment stays within its frame, and `if` makes no frame of its own.
 */
export class Names {
  readonly parent: Names | undefined;
  readonly #numbers: NameNumbers;
  readonly #level: number;
  readonly #variables: Map<string, string>;
  readonly loads: Map<string, Load>;
  readonly stored: Set<string>;

  constructor(parent: Names | undefined, numbers: NameNumbers, copied?: Names) {
    this.parent = parent;
    this.#numbers = numbers;
    this.#level = copied ? copied.#level : parent ? parent.#level + 1 : 0;
    this.#variables = new Map(copied ? copied.#variables : []);
    this.loads = new Map(copied?.loads);
    this.stored = new Set(copied?.stored);
  }

  inner(): Names {
    return new Names(this, this.#numbers);
  }
  copy(): Names {
    return new Names(this.parent, this.#numbers, this);
  }

  /** The variable a name stands for, here or further out. */
  find(name: string): string | undefined {
    return this.#variables.get(name) ?? this.parent?.find(name);
  }
  /** Lets a name stand for another variable from now on. */
  redirect(name: string, variable: string): void {
    this.#variables.set(name, variable);
  }
  #define(name: string, load: Load): string {
    const variable = `v${this.#level}_${this.#numbers.of(name)}`;
    this.#variables.set(name, variable);
    this.loads.set(variable, load);
    return variable;
  }

  /** The name is read. */
  load(name: string): void {
    if (this.find(name) === undefined) this.#define(name, { kind: 'host', name });
  }
  /** The name is assigned to. */
  store(name: string): void {
    this.stored.add(name);
    if (this.#variables.has(name)) return;
    const outer = this.parent?.find(name);
    this.#define(name, outer === undefined ? { kind: 'unset', name } : { kind: 'copy', of: outer });
  }
  /** The name is given a value by whoever makes the frame. */
  given(name: string): string {
    this.stored.add(name);
    return this.#define(name, { kind: 'given' });
  }

  /** Takes over what alternatives of which only one will run have found: what not all of them set keeps its old value. */
  merge(branches: readonly Names[]): void {
    const counts = new Map<string, number>();
    for (const branch of branches) {
      for (const name of branch.stored) if (!this.stored.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const branch of branches) {
      for (const [name, variable] of branch.#variables) this.#variables.set(name, variable);
      for (const [variable, load] of branch.loads) this.loads.set(variable, load);
      for (const name of branch.stored) this.stored.add(name);
    }
    for (const [name, count] of counts) {
      if (count === branches.length) continue;
      const outer = this.parent?.find(name);
      this.loads.set(this.find(name)!, outer === undefined ? { kind: 'host', name } : { kind: 'copy', of: outer });
    }
  }
}
