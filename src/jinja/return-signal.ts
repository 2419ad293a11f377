import { PyError, PyFunction, type Value } from './value.ts';

/** Thrown by `return(x)`: unwinds to the nearest macro, whose result it becomes. No Error: it needs no stack. */
export class ReturnSignal {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** The function that templates know as `return`. */
export const returnFunction: PyFunction = new PyFunction('return', (args, kwargs) => {
  const value = args[0] ?? kwargs?.get('data');
  if (args.length + (kwargs?.size ?? 0) > 1) throw new PyError('TypeError', 'return() takes one value');
  throw new ReturnSignal(value === undefined ? null : value);
});
