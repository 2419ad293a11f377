import type { Manifest } from './manifest.ts';
import type { FunctionNode, FunctionOverload } from './node.ts';
import { uniqueId } from './unique-id.ts';

/** An overload as a function of its own: its signature and its body, under the id that its file has. */
export function overloadNode(fn: FunctionNode, overload: FunctionOverload): FunctionNode {
  return {
    ...fn,
    unique_id: uniqueId('function', fn.package_name, overload.defined_in),
    arguments: overload.arguments,
    returns: overload.returns ?? fn.returns,
    raw_code: overload.raw_body ?? '',
    overloads: [],
  };
}

/** A function and its overloads: all that has a body. */
export function* bodiesOf(fn: FunctionNode): Generator<FunctionNode> {
  yield fn;
  for (const overload of fn.overloads) yield overloadNode(fn, overload);
}

/** Everything of a manifest that has a body of its own to be rendered, overloads among them. */
export function* withBodies({
  nodes,
  functions,
}: Pick<Manifest, 'nodes' | 'functions'>): Generator<{ readonly unique_id: string; readonly raw_code: string }> {
  yield* Object.values(nodes);
  for (const fn of Object.values(functions)) yield* bodiesOf(fn);
}
