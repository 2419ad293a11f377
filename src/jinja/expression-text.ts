import type { Expression } from './ast.ts';
import { repr } from './repr.ts';

const COMPARED: Readonly<Record<string, string>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  in: 'in',
  notin: 'not in',
};

/**
 * An expression in one way of writing it, whatever way its author chose: one kind of quotes, blanks where dbt has them
 * when it keeps a setting unrendered. Undefined for what dbt does not write out this way.
 */
export function expressionText(node: Expression): string | undefined {
  const all = (nodes: readonly Expression[], between: string): string | undefined => {
    const texts = nodes.map(expressionText);
    return texts.includes(undefined) ? undefined : texts.join(between);
  };
  const around = (before: string, inner: string | undefined, after: string): string | undefined =>
    inner === undefined ? undefined : before + inner + after;
  switch (node.type) {
    case 'const':
      return repr(node.value);
    case 'name':
      return node.name;
    case 'list':
      return around('[', all(node.items, ', '), ']');
    case 'tuple':
      return around('(', all(node.items, ', '), node.items.length === 1 ? ',)' : ')');
    case 'dict': {
      const pairs = node.items.map(({ key, value }) => all([key, value], ': '));
      return pairs.includes(undefined) ? undefined : `{${pairs.join(', ')}}`;
    }
    case 'attribute':
      return around('', expressionText(node.object), `.${node.name}`);
    case 'item': {
      const object = expressionText(node.object);
      return object === undefined ? undefined : around(`${object}[`, expressionText(node.key), ']');
    }
    case 'concat':
      return all(node.items, ' ~ ');
    case 'compare': {
      const rest = node.rest.map(({ operator, value }) => around(`${COMPARED[operator]} `, expressionText(value), ''));
      const first = expressionText(node.first);
      return first === undefined || rest.includes(undefined) ? undefined : [first, ...rest].join(' ');
    }
    case 'not':
      return around('not ', expressionText(node.value), '');
    case 'unary':
      return node.operator === 'neg' ? around('-', expressionText(node.value), '') : undefined;
    case 'and':
    case 'or':
      return all([node.left, node.right], ` ${node.type} `);
    case 'call': {
      if (node.star || node.starStar) return undefined;
      const callee = expressionText(node.callee);
      const kwargs = node.kwargs.map(({ name, value }) => around(`${name}=`, expressionText(value), ''));
      const args = [...node.args.map(expressionText), ...kwargs];
      return callee === undefined || args.includes(undefined) ? undefined : `${callee}(${args.join(', ')})`;
    }
    default:
      return undefined;
  }
}
