import { eq } from './operators.ts';
import { PyFunction, PyTuple, Undefined, type Value, type Waiting } from './value.ts';

/** What `{% for … recursive %}` does when its `loop` is called. */
export type Recursion = (iterable: Value, depth: number) => Value;
export type WaitingRecursion = (iterable: Value, depth: number) => Waiting;

/** The `loop` variable, which is also what the generated code counts with. */
export class Loop extends PyFunction {
  override readonly typeName = 'LoopContext';
  readonly #items: readonly Value[];
  readonly #depth: number;
  #index = -1;
  #lastChanged: readonly Value[] | undefined;

  constructor(items: readonly Value[], depth: number, plain?: Recursion, waiting?: WaitingRecursion) {
    super('loop', plain && ((args) => plain(args[0]!, depth + 1)), waiting && ((args) => waiting(args[0]!, depth + 1)));
    this.#items = items;
    this.#depth = depth;
  }

  /** Goes on to the next item; false where there is none. The list may have grown meanwhile. */
  next(): boolean {
    if (this.#index + 1 >= this.#items.length) return false;
    this.#index += 1;
    return true;
  }
  get current(): Value {
    return this.#items[this.#index]!;
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.#index + 1;
      case 'index0':
        return this.#index;
      case 'first':
        return this.#index === 0;
      case 'last':
        return this.#index === this.#items.length - 1;
      case 'length':
        return this.#items.length;
      case 'revindex':
        return this.#items.length - this.#index;
      case 'revindex0':
        return this.#items.length - this.#index - 1;
      case 'depth':
        return this.#depth + 1;
      case 'depth0':
        return this.#depth;
      case 'previtem':
        return this.#index > 0 ? this.#items[this.#index - 1] : new Undefined('previtem', 'there is no previous item');
      case 'nextitem':
        return this.#items[this.#index + 1] ?? new Undefined('nextitem', 'there is no next item');
      case 'cycle':
        return new PyFunction('cycle', (args) => args[this.#index % args.length] ?? null);
      case 'changed':
        return new PyFunction('changed', (args) => this.#changed(args));
      default:
        return undefined;
    }
  }
  #changed(values: readonly Value[]): boolean {
    const last = this.#lastChanged;
    if (last !== undefined && eq(new PyTuple(last), new PyTuple(values))) return false;
    this.#lastChanged = values;
    return true;
  }
  override size(): number {
    return this.#items.length;
  }
  override truthy(): boolean {
    return this.#items.length > 0;
  }
  override repr(): string {
    return `<LoopContext ${this.#index + 1}/${this.#items.length}>`;
  }
}
