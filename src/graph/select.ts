import { type Diagnostic, nearest } from '../core/index.ts';
import type { IndirectSelection, Selection, SelectionGroup } from './criterion.ts';
import { buildDag, type Dag } from './dag.ts';
import { circularSelector, unknownSelector, unmatchedCriterion } from './diagnostics.ts';
import { evaluate } from './evaluate.ts';
import { fnmatch } from './fnmatch.ts';
import type { NamedSelector } from './named-selectors.ts';
import { parseSelection } from './parse-selection.ts';
import { type ProjectPaths, projectPaths } from './project-paths.ts';
import { refuse } from './refuse.ts';
import type { PreviousState, SelectableNode } from './selectable.ts';

/** The enabled nodes of a project and how they stand on each other. */
export interface SelectableGraph {
  readonly dag: Dag;
  readonly nodes: readonly SelectableNode[];
}

/** Joins nodes to a graph to select from. Edges come from `depends_on.nodes`. */
export function selectableGraph(nodes: Iterable<SelectableNode>): SelectableGraph {
  const list = [...nodes];
  return { nodes: list, dag: buildDag(list.map((node) => [node.unique_id, node.depends_on?.nodes ?? []])) };
}

/** What the user asks for. */
export interface SelectOptions {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  /** The name of a selector in selectors.yml; it takes the place of `select` and `exclude`. */
  readonly selector?: string;
  readonly selectors?: ReadonlyMap<string, NamedSelector>;
  readonly indirectSelection?: IndirectSelection;
  /** Only these types come out. */
  readonly resourceTypes?: readonly string[];
  readonly excludeResourceTypes?: readonly string[];
  /** Whether models without a line of SQL come out too (for listing). */
  readonly includeEmpty?: boolean;
  readonly projectName?: string;
  readonly previous?: PreviousState;
}

/** What came of it. */
export interface Selected {
  /** Unique ids, in the order of the graph's nodes. */
  readonly selected: ReadonlySet<string>;
  readonly warnings: readonly Diagnostic[];
}

/** Selects nodes. Throws diagnostics of criteria that cannot be read. */
export function select(graph: SelectableGraph, options: SelectOptions): Selected {
  const { dag, nodes } = graph;
  const unmatched: string[] = [];
  let known: ProjectPaths | undefined;
  const paths = (): ProjectPaths => {
    known ??= projectPaths(nodes, options.projectName);
    return known;
  };
  const run = (selection: Selection, path: readonly string[]): ReadonlySet<number> =>
    evaluate(
      {
        dag,
        nodes,
        onEmpty: (group: SelectionGroup) => unmatched.push(group.warnAs!),
        context: {
          projectName: options.projectName,
          previous: options.previous,
          paths,
          selectedBy: (pattern) => selectedBy(pattern, path),
        },
      },
      selection,
    );
  const selectedBy = (pattern: string, path: readonly string[]): ReadonlySet<string> => {
    const ids = new Set<string>();
    for (const { name, selection } of matchingSelectors(options, pattern)) {
      if (path.includes(name)) refuse(circularSelector({ path: [...path.slice(path.indexOf(name)), name] }));
      for (const node of run(selection, [...path, name])) ids.add(dag.ids[node]!);
    }
    return ids;
  };
  const wanted = wantedSelection(options);
  const found = run(wanted.selection, wanted.name === undefined ? [] : [wanted.name]);
  const wantsType = typeFilter(options);
  const selected = new Set<string>();
  nodes.forEach((node, number) => {
    if (found.has(number) && wantsType(node.resource_type) && (options.includeEmpty || !isEmpty(node))) {
      selected.add(node.unique_id);
    }
  });
  return {
    selected,
    warnings: unmatched.map((criterion) => unmatchedCriterion({ criterion, near: near(criterion, nodes) })),
  };
}

/** A named selector, or what the flags say, or the default selector where they say nothing. */
function wantedSelection(options: SelectOptions): { readonly selection: Selection; readonly name?: string } {
  const { select: include = [], exclude = [], selector, selectors } = options;
  if (selector !== undefined) {
    const named = selectors?.get(selector) ?? refuse(noSuchSelector(options, selector));
    return { selection: named.selection, name: selector };
  }
  if (include.length === 0 && exclude.length === 0 && selectors !== undefined) {
    for (const { name, isDefault, selection } of selectors.values()) if (isDefault) return { selection, name };
  }
  return { selection: parseSelection(include, exclude, options.indirectSelection ?? 'eager') };
}

function matchingSelectors(options: SelectOptions, pattern: string): readonly NamedSelector[] {
  const fits = fnmatch(pattern);
  const found = [...(options.selectors?.values() ?? [])].filter(({ name }) => fits(name));
  return found.length > 0 ? found : refuse(noSuchSelector(options, pattern));
}

function noSuchSelector(options: SelectOptions, name: string): Diagnostic {
  const names = [...(options.selectors?.keys() ?? [])];
  return unknownSelector({ name, near: nearest(name, names), names });
}

function typeFilter({ resourceTypes, excludeResourceTypes }: SelectOptions): (type: string) => boolean {
  const wanted = resourceTypes && new Set(resourceTypes);
  const unwanted = new Set(excludeResourceTypes);
  return (type) => (wanted === undefined || wanted.has(type)) && !unwanted.has(type);
}

/** A node of SQL with nothing in it: there is nothing to run. */
function isEmpty(node: SelectableNode): boolean {
  return node.raw_code !== undefined && node.resource_type !== 'seed' && node.raw_code.trim() === '';
}

/** The name a criterion that is nothing but a name was most likely meant to be. */
function near(criterion: string, nodes: readonly SelectableNode[]): string | undefined {
  const [, before = '', name = '', behind = ''] = /^([@+\d]*\+|@)?([\w.]+?)(\+\d*)?$/.exec(criterion) ?? [];
  if (name === '') return undefined;
  const found = nearest(
    name,
    nodes.filter((node) => node.resource_type !== 'test').map((node) => node.name),
  );
  return found === undefined ? undefined : `${before}${found}${behind}`;
}
