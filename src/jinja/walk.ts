import type { Arguments, Expression, Parameter, Statement, Target } from './ast.ts';

/** What a walk does on meeting things; everything is met in the order of Jinja's evaluation. */
export interface Visitor {
  /** A name that is read. */
  read?(name: string): void;
  /** A name that is assigned to. */
  write?(name: string): void;
  /** Every expression, before what is in it. */
  expression?(expression: Expression): void;
  /** True for statements whose inside is not to be visited. */
  skipBody?(statement: Statement): boolean;
}

function walkArguments(given: Arguments, visitor: Visitor): void {
  for (const item of given.args) walkExpression(item, visitor);
  for (const item of given.kwargs) walkExpression(item.value, visitor);
  if (given.star) walkExpression(given.star, visitor);
  if (given.starStar) walkExpression(given.starStar, visitor);
}

/** Visits an expression and all in it. */
export function walkExpression(node: Expression, visitor: Visitor): void {
  visitor.expression?.(node);
  switch (node.type) {
    case 'const':
      return;
    case 'name':
      visitor.read?.(node.name);
      return;
    case 'list':
    case 'tuple':
    case 'concat':
      for (const item of node.items) walkExpression(item, visitor);
      return;
    case 'dict':
      for (const item of node.items) {
        walkExpression(item.key, visitor);
        walkExpression(item.value, visitor);
      }
      return;
    case 'condition':
      walkExpression(node.test, visitor);
      walkExpression(node.value, visitor);
      if (node.otherwise) walkExpression(node.otherwise, visitor);
      return;
    case 'and':
    case 'or':
    case 'binary':
      walkExpression(node.left, visitor);
      walkExpression(node.right, visitor);
      return;
    case 'not':
    case 'unary':
      walkExpression(node.value, visitor);
      return;
    case 'compare':
      walkExpression(node.first, visitor);
      for (const item of node.rest) walkExpression(item.value, visitor);
      return;
    case 'attribute':
      walkExpression(node.object, visitor);
      return;
    case 'item':
      walkExpression(node.object, visitor);
      walkExpression(node.key, visitor);
      return;
    case 'slice':
      for (const part of [node.from, node.to, node.step]) if (part) walkExpression(part, visitor);
      return;
    case 'call':
      walkExpression(node.callee, visitor);
      walkArguments(node, visitor);
      return;
    case 'filter':
    case 'test':
      if (node.value) walkExpression(node.value, visitor);
      walkArguments(node, visitor);
      return;
  }
}

/** Visits what stands left of `=`. */
export function walkTarget(target: Target, visitor: Visitor): void {
  if (target.type === 'name') visitor.write?.(target.name);
  else if (target.type === 'namespace') visitor.read?.(target.name);
  else for (const item of target.items) walkTarget(item, visitor);
}

function walkParameters(parameters: readonly Parameter[], visitor: Visitor): void {
  for (const parameter of parameters) visitor.write?.(parameter.name);
  for (const parameter of parameters) if (parameter.value) walkExpression(parameter.value, visitor);
}

/** Visits statements and all in them. */
export function walkStatements(body: readonly Statement[], visitor: Visitor): void {
  for (const node of body) walkStatement(node, visitor);
}

function walkStatement(node: Statement, visitor: Visitor): void {
  const inside = !visitor.skipBody?.(node);
  switch (node.type) {
    case 'data':
    case 'break':
    case 'continue':
      return;
    case 'output':
    case 'do':
      walkExpression(node.value, visitor);
      return;
    case 'if':
      for (const branch of node.branches) {
        walkExpression(branch.test, visitor);
        walkStatements(branch.body, visitor);
      }
      walkStatements(node.otherwise, visitor);
      return;
    case 'for':
      walkExpression(node.iterable, visitor);
      if (inside) {
        walkTarget(node.target, visitor);
        if (node.test) walkExpression(node.test, visitor);
        walkStatements(node.body, visitor);
      }
      walkStatements(node.otherwise, visitor);
      return;
    case 'assign':
      walkExpression(node.value, visitor);
      walkTarget(node.target, visitor);
      return;
    case 'assign-block':
      if (node.filter) walkExpression(node.filter, visitor);
      walkTarget(node.target, visitor);
      if (inside) walkStatements(node.body, visitor);
      return;
    case 'macro':
      visitor.write?.(node.name);
      if (!inside) return;
      walkParameters(node.parameters, visitor);
      walkStatements(node.body, visitor);
      return;
    case 'call-block':
      walkExpression(node.call, visitor);
      if (!inside) return;
      walkParameters(node.parameters, visitor);
      walkStatements(node.body, visitor);
      return;
    case 'filter-block':
      walkExpression(node.filter, visitor);
      if (inside) walkStatements(node.body, visitor);
      return;
    case 'with':
      for (const item of node.assignments) walkExpression(item.value, visitor);
      if (!inside) return;
      for (const item of node.assignments) walkTarget(item.target, visitor);
      walkStatements(node.body, visitor);
      return;
    case 'scope':
      if (inside) walkStatements(node.body, visitor);
      return;
    case 'unsupported':
      for (const name of node.names) visitor.write?.(name);
      return;
  }
}

/** Which of `wanted` the statements read before they assign to them. */
export function readsBeforeWrites(
  body: readonly Statement[],
  wanted: readonly string[],
  skipBody?: (statement: Statement) => boolean,
): Set<string> {
  const open = new Set(wanted);
  const read = new Set<string>();
  walkStatements(body, {
    read: (name) => void (open.has(name) && read.add(name)),
    write: (name) => void open.delete(name),
    skipBody,
  });
  return read;
}
