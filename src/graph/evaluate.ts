import type { Criterion, Selection, SelectionGroup } from './criterion.ts';
import { type Dag, neighbours } from './dag.ts';
import { METHODS, type MethodContext } from './methods/index.ts';
import { reach } from './reach.ts';
import type { SelectableNode } from './selectable.ts';

/** What a selection is evaluated on. `nodes[i]` is the node of `dag.ids[i]`. */
export interface EvaluationScope {
  readonly dag: Dag;
  readonly nodes: readonly SelectableNode[];
  readonly context: MethodContext;
  /** Told of every group that stayed empty and is worth a warning. */
  readonly onEmpty: (group: SelectionGroup) => void;
}

/** What is selected, and the tests that will be if their other parents turn up. */
interface Found {
  readonly direct: ReadonlySet<number>;
  readonly pending: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

/** The nodes of a selection, by number. */
export function evaluate(scope: EvaluationScope, selection: Selection): ReadonlySet<number> {
  return find(scope, selection).direct;
}

function find(scope: EvaluationScope, selection: Selection): Found {
  return selection.kind === 'criterion' ? findCriterion(scope, selection) : findGroup(scope, selection);
}

function findCriterion(scope: EvaluationScope, criterion: Criterion): Found {
  const { dag } = scope;
  const matched = new Set(matches(scope, criterion));
  const selected = new Set(matched);
  const add = (numbers: Iterable<number>): void => {
    for (const number of numbers) selected.add(number);
  };
  if (criterion.childrensParents) {
    const family = reach(dag.children, matched);
    for (const node of matched) family.add(node);
    add(family);
    add(reach(dag.parents, family));
  }
  if (criterion.parents) add(reach(dag.parents, matched, criterion.parentsDepth));
  if (criterion.children) add(reach(dag.children, matched, criterion.childrenDepth));
  // A named selector has chosen its tests already, and may have excluded some.
  if (criterion.indirect === 'empty' || criterion.method === 'selector') return { direct: selected, pending: NONE };
  return withTests(scope, selected, criterion.indirect);
}

function* matches(scope: EvaluationScope, criterion: Criterion): Generator<number> {
  const test = METHODS[criterion.method]({
    text: String(criterion.value),
    value: criterion.value,
    arguments: criterion.arguments,
    context: scope.context,
  });
  for (let number = 0; number < scope.nodes.length; number++) if (test(scope.nodes[number]!)) yield number;
}

/**
 * Adds the tests of the selected nodes. Eager takes all, cautious those all of whose parents are selected, buildable
 * also those whose parents are there before the selected nodes are built. The others wait for a later part.
 */
function withTests(scope: EvaluationScope, selected: ReadonlySet<number>, mode: Criterion['indirect']): Found {
  const direct = new Set(selected);
  const pending = new Set<number>();
  const present = mode === 'buildable' ? buildable(scope, selected, true) : selected;
  for (const node of selected) {
    for (const child of neighbours(scope.dag.children, node)) {
      if (!isTest(scope.nodes[child]!)) continue;
      if (mode === 'eager' || allParentsIn(scope, child, present)) direct.add(child);
      else pending.add(child);
    }
  }
  return { direct, pending };
}

function isTest(node: SelectableNode): boolean {
  return node.resource_type === 'test' || node.resource_type === 'unit_test';
}

function allParentsIn(scope: EvaluationScope, node: number, set: ReadonlySet<number>): boolean {
  for (const parent of neighbours(scope.dag.parents, node)) if (!set.has(parent)) return false;
  return true;
}

function buildable(scope: EvaluationScope, selected: ReadonlySet<number>, sources: boolean): ReadonlySet<number> {
  const present = reach(scope.dag.parents, selected);
  for (const node of selected) present.add(node);
  if (sources) {
    scope.nodes.forEach((node, number) => {
      if (node.resource_type === 'source') present.add(number);
    });
  }
  return present;
}

function findGroup(scope: EvaluationScope, group: SelectionGroup): Found {
  const parts = group.parts.map((part) => find(scope, part));
  const direct = combine(
    group.kind,
    parts.map((part) => part.direct),
  );
  const pending = combine(
    group.kind,
    parts.map((part) => joined(part.direct, part.pending)),
  );
  const settled = settle(scope, group, direct, pending);
  if (settled.size === 0 && group.warnAs !== undefined) scope.onEmpty(group);
  return { direct: settled, pending };
}

/** Takes in the waiting tests whose parents have all turned up by now. */
function settle(
  scope: EvaluationScope,
  group: SelectionGroup,
  direct: Set<number>,
  pending: ReadonlySet<number>,
): Set<number> {
  if (group.indirect !== 'cautious' && group.indirect !== 'buildable') return direct;
  const present = group.indirect === 'buildable' ? buildable(scope, direct, false) : direct;
  const settled = new Set(direct);
  for (const node of pending) {
    if (scope.nodes[node]!.resource_type === 'test' && allParentsIn(scope, node, present)) settled.add(node);
  }
  return settled;
}

function joined(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function combine(kind: SelectionGroup['kind'], sets: readonly ReadonlySet<number>[]): Set<number> {
  const [first = NONE, ...others] = sets;
  const result = new Set(first);
  if (kind === 'union') {
    for (const set of others) for (const node of set) result.add(node);
    return result;
  }
  for (const node of first) {
    const kept = kind === 'intersection' ? others.every((set) => set.has(node)) : !others.some((set) => set.has(node));
    if (!kept) result.delete(node);
  }
  return result;
}
