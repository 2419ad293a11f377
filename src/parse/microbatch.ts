import type { ManifestNode } from '../artifacts/index.ts';
import { fromPlain, repr } from '../jinja/index.ts';
import { badMicrobatch } from './diagnostics.ts';
import type { Draft } from './draft.ts';

const SIZES = ['hour', 'day', 'month', 'year'];
const MOMENT = /^\d{4}-?\d{2}-?\d{2}(?:.\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}(?::?\d{2}){0,2})?)?$/;

/** Models of `incremental_strategy: microbatch` that do not say what their batches are. */
export function checkMicrobatch(draft: Draft): void {
  for (const node of draft.nodes.values()) {
    if (node.resource_type !== 'model' || !isMicrobatch(node)) continue;
    const problem = configProblem(node.config) ?? inputProblem(draft, node);
    if (problem) {
      const at = { file: draft.places.get(node.unique_id)!.file.shown, start: 0, end: 0 };
      draft.problems.push(badMicrobatch({ model: node.name, ...problem }, { at }));
    } else draft.nodes.set(node.unique_id, { ...node, config: { ...node.config, begin: isoTime(node.config.begin!) } });
  }
}

function isMicrobatch({ config }: ManifestNode): boolean {
  return (
    config.materialized === 'incremental' &&
    (config as { incremental_strategy?: unknown }).incremental_strategy === 'microbatch'
  );
}

/** A moment as dbt's manifest writes it: with its time of day. */
const isoTime = (text: string): string => (text.length > 10 ? text.replace(/^(.{10}) /, '$1T') : `${text}T00:00:00`);

interface Problem {
  readonly problem: string;
  readonly example: string;
}

/** The first thing that is wrong with the config, in the order dbt looks. */
function configProblem(config: object): Problem | undefined {
  const { event_time, begin, batch_size, lookback, concurrent_batches } = config as Readonly<Record<string, unknown>>;
  const got = (value: unknown): string => `but got: ${repr(fromPlain(value))}`;
  if (event_time === null || event_time === undefined) {
    const problem = "must provide an 'event_time' (string) config that indicates the name of the event time column";
    return { problem, example: "event_time='created_at'" };
  }
  if (typeof event_time !== 'string') {
    return {
      problem: `must provide an 'event_time' config of type string, ${got(event_time)}`,
      example: "event_time='created_at'",
    };
  }
  if (begin === null || begin === undefined) {
    const problem =
      "must provide a 'begin' (datetime) config that indicates the earliest timestamp the microbatch model should be built from";
    return { problem, example: "begin='2024-01-01'" };
  }
  if (typeof begin !== 'string' || !MOMENT.test(begin) || Number.isNaN(Date.parse(begin.slice(0, 10)))) {
    return {
      problem: `must provide a 'begin' config of valid datetime (ISO format), ${got(begin)}`,
      example: "begin='2024-01-01'",
    };
  }
  if (!SIZES.includes(batch_size as string)) {
    const sizes = repr(fromPlain(SIZES));
    return {
      problem: `must provide a 'batch_size' config that is one of ${sizes}, ${got(batch_size)}`,
      example: "batch_size='day'",
    };
  }
  if (lookback !== null && lookback !== undefined && !Number.isInteger(lookback)) {
    return {
      problem: `must provide the optional 'lookback' config as type int, ${got(lookback)}`,
      example: 'lookback=3',
    };
  }
  if (concurrent_batches !== null && concurrent_batches !== undefined && typeof concurrent_batches !== 'boolean') {
    const problem = `optional 'concurrent_batches' config must be of type \`bool\` if specified, ${got(concurrent_batches)}`;
    return { problem, example: 'concurrent_batches=true' };
  }
  return undefined;
}

/** An input whose `event_time` cannot be the name of a column. */
function inputProblem(draft: Draft, node: ManifestNode): Problem | undefined {
  for (const id of 'nodes' in node.depends_on ? node.depends_on.nodes : []) {
    const input = draft.nodes.get(id) ?? draft.sources.get(id);
    const { event_time: eventTime } = (input?.config ?? {}) as { event_time?: unknown };
    if (!eventTime || typeof eventTime === 'string') continue;
    const problem = `depends on an input node '${input!.name}' with an 'event_time' config of invalid (non-string) type: ${repr(fromPlain(eventTime))}`;
    return { problem, example: "event_time='created_at'" };
  }
  return undefined;
}
