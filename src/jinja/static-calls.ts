import type { Expression, Statement } from './ast.ts';
import { expressionText } from './expression-text.ts';
import type { SourceText } from './source-text.ts';
import { PyDict, PyFloat, PyTuple, type Value } from './value.ts';
import { walkStatements } from './walk.ts';

/** A call as it is written, known without rendering. */
export interface StaticCall {
  /** Dotted, such as `ref`, `dbt_utils.star`, `adapter.dispatch`. */
  readonly callee: string;
  readonly args: readonly StaticArg[];
  readonly kwargs: readonly { readonly name: string; readonly arg: StaticArg }[];
  /** True where `*args` or `**kwargs` may add arguments. */
  readonly dynamic: boolean;
  /** Offsets in the file. */
  readonly span: { readonly start: number; readonly end: number };
}

/** An argument as it is written. */
export interface StaticArg {
  readonly source: string;
  /** The same in dbt's way of writing it, so that blanks and quotes make no difference. */
  readonly text: string;
  /** Its value; undefined where that is only known when rendered. */
  readonly literal?: Value;
  readonly span: { readonly start: number; readonly end: number };
}

/** The calls in a tree, outer ones first. */
export function staticCalls(body: readonly Statement[], source: SourceText): StaticCall[] {
  const calls: StaticCall[] = [];
  walkStatements(body, {
    expression: (node) => {
      if (node.type !== 'call') return;
      const callee = dottedName(node.callee);
      if (callee === undefined) return;
      calls.push({
        callee,
        args: node.args.map((item) => staticArg(item, source)),
        kwargs: node.kwargs.map(({ name, value }) => ({ name, arg: staticArg(value, source) })),
        dynamic: node.star !== undefined || node.starStar !== undefined,
        span: offsets(node, source),
      });
    },
  });
  return calls;
}

function offsets(node: { start: number; end: number }, source: SourceText): { start: number; end: number } {
  return { start: source.original(node.start), end: source.original(node.end) };
}

function staticArg(node: Expression, source: SourceText): StaticArg {
  return {
    source: source.text.slice(node.start, node.end),
    get text() {
      return expressionText(node) ?? this.source;
    },
    literal: literalValue(node),
    span: offsets(node, source),
  };
}

function dottedName(node: Expression): string | undefined {
  if (node.type === 'name') return node.name;
  if (node.type !== 'attribute') return undefined;
  const object = dottedName(node.object);
  return object === undefined ? undefined : `${object}.${node.name}`;
}

/** The value of an expression that is written out; undefined where it is not. */
function literalValue(node: Expression): Value | undefined {
  switch (node.type) {
    case 'const':
      return node.value;
    case 'list':
      return literalValues(node.items);
    case 'tuple': {
      const items = literalValues(node.items);
      return items && new PyTuple(items);
    }
    case 'dict': {
      const keys = literalValues(node.items.map((item) => item.key));
      const values = literalValues(node.items.map((item) => item.value));
      const plainKeys = keys?.every((key) => typeof key !== 'object' || key === null || key instanceof PyFloat);
      return keys && values && plainKeys ? new PyDict(keys.map((key, i) => [key, values[i]!])) : undefined;
    }
    case 'unary': {
      const value = literalValue(node.value);
      if (node.operator === 'pos') return value;
      if (typeof value === 'number' || typeof value === 'bigint') return -value;
      return value instanceof PyFloat ? new PyFloat(-value.value) : undefined;
    }
    default:
      return undefined;
  }
}

function literalValues(nodes: readonly Expression[]): Value[] | undefined {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = literalValue(node);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}
