import { fold } from './dialect.ts';
import { Provenance } from './provenance.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { dataOf, kindOf, type Node, nodesAt } from './syntax.ts';

/**
 * What the columns come from that Spark's `stack(2, 'x', a, 'y', b)` gives: two rows, so that the first column has 'x' and 'y',
 * the second a and b. Undefined of what is no such call.
 */
export function stacked(run: Run, node: Node, scope: Scope): readonly Provenance[] | undefined {
  const data = dataOf(node);
  if (kindOf(node) !== 'function' || fold(String(data.name)) !== 'stack') return undefined;
  const [count, ...cells] = nodesAt(data, 'args');
  const rows = count && kindOf(count) === 'literal' ? Number(dataOf(count).value) : 0;
  if (!(rows > 0)) return undefined;
  const values = cells.map((cell) => run.value(cell, scope).provenance);
  const width = Math.ceil(values.length / rows);
  return Array.from({ length: width }, (_, i) => Provenance.union(values.filter((_, place) => place % width === i)));
}
