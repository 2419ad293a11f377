import { reach } from '../../graph/index.ts';
import { columnPath } from './column-path.ts';
import { kindNames } from './edge-kinds.ts';
import type { Project } from './project.ts';

/** A column that a change would reach, and in which ways. */
export interface ImpactColumn {
  readonly column: number;
  readonly kinds: readonly string[];
}

/** What a change of a node, or of one of its columns, would reach. */
export interface Impact {
  readonly of: string;
  /** Nodes by kind: models, exposures and so on. */
  readonly models: readonly number[];
  readonly exposures: readonly number[];
  readonly others: readonly number[];
  readonly tests: readonly number[];
  readonly columns: readonly ImpactColumn[];
  /** Owners with how many of the nodes are theirs. */
  readonly owners: readonly (readonly [owner: string, count: number])[];
  /** Nodes of which not all columns are known, so that more may be reached than is said. */
  readonly unknown: readonly number[];
}

/** The impact of a node: all that stands on it. */
export function nodeImpact(project: Project, node: number): Impact {
  const below = reach(project.graph.dag.children, [node]);
  const columns = new Map<number, Set<string>>();
  for (const column of project.columns(node)) collect(project, column, columns);
  return impact(project, project.nodes[node]!.name, below, columns);
}

/** The impact of a column: the columns that take its value, and the nodes on whose rows or values it has influence. */
export function columnImpact(project: Project, column: number): Impact {
  const node = project.nodeOfColumn[column]!;
  const columns = new Map<number, Set<string>>();
  collect(project, column, columns);
  const path = columnPath(project, column);
  const direct = new Set([...columns.keys()].map((other) => project.nodeOfColumn[other]!));
  for (const { node: other } of path.effects) direct.add(other);
  for (const carrier of [column, ...path.down])
    for (const place of project.effectsOfColumn.at(carrier)) direct.add(project.effectsOfColumn.edge(place).to);
  // What has no columns that are known, such as a dashboard, is reached with what it reads; and who reads from what is not
  // known whole may be reached too.
  const isOpen = (other: number): boolean =>
    project.columns(other).length === 0 || project.nodes[other]!.incomplete !== undefined;
  const family = new Set([node, ...direct]);
  for (const other of family)
    for (const child of project.children(other))
      if (isOpen(child) || (other !== node && isOpen(other))) family.add(child);
  for (const other of [...family])
    for (const test of project.tests(other)) {
      const { testColumn } = project.nodes[test]!;
      const tested = testColumn === undefined ? undefined : project.findColumn(other, testColumn);
      if (tested === undefined || tested === column || path.down.has(tested)) family.add(test);
    }
  family.delete(node);
  return impact(project, `${project.nodes[node]!.name}.${project.columnName(column)}`, family, columns);
}

function collect(project: Project, start: number, found: Map<number, Set<string>>): void {
  const { down, edges, influences } = columnPath(project, start);
  for (const { to, kinds } of [...edges, ...influences]) {
    if (!down.has(to) && !influences.some((edge) => edge.to === to)) continue;
    const ways = found.get(to) ?? new Set();
    for (const kind of kindNames(project, kinds)) ways.add(kind);
    found.set(to, ways);
  }
}

function impact(
  project: Project,
  of: string,
  reached: ReadonlySet<number>,
  columns: ReadonlyMap<number, ReadonlySet<string>>,
): Impact {
  const byType = (fits: (type: string) => boolean): number[] =>
    [...reached].filter((node) => fits(project.nodes[node]!.type)).sort((a, b) => a - b);
  const isTest = (type: string): boolean => type === 'test' || type === 'unit_test';
  const owners = new Map<string, number>();
  for (const node of reached) {
    const { owner } = project.nodes[node]!;
    if (owner !== undefined) owners.set(owner, (owners.get(owner) ?? 0) + 1);
  }
  return {
    of,
    models: byType((type) => type === 'model' || type === 'snapshot'),
    exposures: byType((type) => type === 'exposure'),
    others: byType((type) => !isTest(type) && !['model', 'snapshot', 'exposure'].includes(type)),
    tests: byType(isTest),
    columns: [...columns].map(([column, kinds]) => ({ column, kinds: [...kinds] })).sort((a, b) => a.column - b.column),
    owners: [...owners].sort((a, b) => b[1] - a[1]),
    unknown: byType((type) => type === 'model').filter(
      (node) =>
        project.nodes[node]!.incomplete !== undefined ||
        project.columns(node).some((column) => project.columnUnknown(column) !== undefined),
    ),
  };
}

/** The impact as Markdown, for a pull request or a message. */
export function impactMarkdown(project: Project, found: Impact): string {
  const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
  const plain = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, '\\$&');
  const name = (node: number): string => project.nodes[node]!.name;
  const owned = (node: number): string => {
    const { owner } = project.nodes[node]!;
    return `- ${code(name(node))}${owner === undefined ? '' : ` (${plain(owner)})`}`;
  };
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `**${title} (${lines.length})**`, '', ...lines];
  const of = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const counts = [
    of(found.models.length, 'model'),
    of(found.columns.length, 'column'),
    of(found.exposures.length, 'exposure'),
    of(found.tests.length, 'test'),
  ];
  return [
    `### Impact of ${code(found.of)}`,
    '',
    `A change reaches ${counts.join(', ')}.`,
    ...section('Models', found.models.map(owned)),
    ...section('Exposures', found.exposures.map(owned)),
    ...section('Others', found.others.map(owned)),
    ...section(
      'Columns',
      found.columns.map(
        ({ column, kinds }) =>
          `- ${code(`${name(project.nodeOfColumn[column]!)}.${project.columnName(column)}`)} ${kinds.join(', ')}`,
      ),
    ),
    ...section(
      'Owners',
      found.owners.map(([owner, count]) => `- ${plain(owner)}: ${count}`),
    ),
    ...section(
      'Not all columns known',
      found.unknown.map((node) => `- ${code(name(node))}`),
    ),
    '',
  ].join('\n');
}
