import { neighbours } from '../../graph/index.ts';
import type { Project } from './project.ts';

/** A node's turn in the run. Times are milliseconds from its beginning. */
export interface Turn {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly lane: number;
  readonly status: string;
}

/** A run as it went by. */
export interface Timeline {
  readonly turns: readonly Turn[];
  readonly lanes: readonly string[];
  readonly end: number;
  /** The chain that decided how long the run took, the first turn first. */
  readonly critical: readonly Turn[];
  /** Of the time that the critical path took, how much of it was work: the rest was waiting for a thread. */
  readonly criticalWork: number;
}

/** The run's turns by thread. Undefined where nothing has run. */
export function timelineOf(project: Project): Timeline | undefined {
  const ran = project.nodes.flatMap(({ result }, node) =>
    result?.start !== undefined && result.end !== undefined
      ? [{ node, result, start: result.start, end: result.end }]
      : [],
  );
  if (ran.length === 0) return undefined;
  const lanes = [...new Set(ran.map(({ result }) => result.thread))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const laneOf = new Map(lanes.map((name, lane) => [name, lane]));
  const turns = ran
    .map(({ node, result, start, end }): Turn => {
      return { node, start, end, lane: laneOf.get(result.thread)!, status: result.status };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const critical = criticalPath(project, turns);
  return {
    turns,
    lanes,
    end: Math.max(...turns.map(({ end }) => end)),
    critical,
    criticalWork: critical.reduce((sum, { start, end }) => sum + end - start, 0),
  };
}

/** Back from what ended last, each time to that of its parents which ended last: nothing in it could have begun earlier. */
function criticalPath(project: Project, turns: readonly Turn[]): Turn[] {
  const byNode = new Map(turns.map((turn) => [turn.node, turn]));
  const path: Turn[] = [];
  let turn: Turn | undefined = turns.reduce((last, next) => (next.end > last.end ? next : last));
  while (turn) {
    path.unshift(turn);
    turn = latest(before(project, turn.node, byNode));
  }
  return path;
}

const latest = (turns: Iterable<Turn>): Turn | undefined =>
  [...turns].reduce<Turn | undefined>((last, next) => (last && last.end >= next.end ? last : next), undefined);

/** The turns of what a node waits for: its parents, and in a build the tests of its parents. What did not run is looked through. */
function* before(project: Project, node: number, byNode: ReadonlyMap<number, Turn>): Generator<Turn> {
  const { parents } = project.graph.dag;
  const own = byNode.get(node)!;
  const seen = new Set<number>();
  const open = [...neighbours(parents, node)];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    if (seen.has(parent)) continue;
    seen.add(parent);
    const turn = byNode.get(parent);
    if (!turn) open.push(...neighbours(parents, parent));
    for (const candidate of [turn, ...project.tests(parent).map((test) => byNode.get(test))])
      if (candidate && candidate.node !== node && candidate.end <= own.start + 1) yield candidate;
  }
}
