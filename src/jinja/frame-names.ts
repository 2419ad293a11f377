import type { Statement } from './ast.ts';
import type { Names } from './names.ts';
import { type Visitor, walkExpression, walkStatements, walkTarget } from './walk.ts';

/** Statements whose inside is a frame of its own. */
function makesFrame(statement: Statement): boolean {
  return statement.type !== 'if';
}

/** Finds out which variables the statements of one frame need, before code is made for it. */
export function collectNames(names: Names, body: readonly Statement[]): void {
  for (const node of body) collectOne(names, node);
}

function visitorOf(names: Names): Visitor {
  return { read: (name) => names.load(name), write: (name) => names.store(name), skipBody: makesFrame };
}

function collectOne(names: Names, node: Statement): void {
  if (node.type === 'for') {
    walkExpression(node.iterable, visitorOf(names));
  } else if (node.type === 'if') {
    walkExpression(node.branches[0]!.test, visitorOf(names));
    const alternatives = node.branches.map((branch, index) => {
      const copy = names.copy();
      if (index > 0) walkExpression(branch.test, visitorOf(copy));
      collectNames(copy, branch.body);
      return copy;
    });
    const last = names.copy();
    collectNames(last, node.otherwise);
    names.merge([...alternatives, last]);
  } else walkStatements([node], visitorOf(names));
}

/** Declares the names of a loop's or a `with`'s targets as given. */
export function giveTargets(names: Names, target: Parameters<typeof walkTarget>[0]): void {
  walkTarget(target, { write: (name) => void names.given(name), read: (name) => names.load(name) });
}
