import { allowedSeconds, type FreshnessThreshold, type FreshnessTime, type SourceNode } from '../artifacts/index.ts';
import { AdapterResponse, RelationValue, TableValue } from '../builtins/index.ts';
import { nodeScope, type Workbench } from '../compile/index.ts';
import { DiagnosticError } from '../core/index.ts';
import {
  callSteps,
  compileTemplate,
  drive,
  fromPlain,
  PyDateTime,
  PyDict,
  str,
  typeName,
  type Value,
} from '../jinja/index.ts';
import { adapterHost } from './adapter-host.ts';
import type { Connection } from './connection.ts';
import { noLoadedAt, notAMoment } from './diagnostics.ts';

/** How old the newest row of a source is. Times are microseconds since 1970, in UTC. */
export interface Freshness {
  readonly maxLoadedAt: bigint;
  /** Whether there was no row at all; `maxLoadedAt` is then the first moment there is. */
  readonly isEmpty: boolean;
  readonly snapshottedAt: bigint;
  /** Seconds. */
  readonly age: number;
  readonly status: 'pass' | 'warn' | 'error';
  readonly response: Readonly<Record<string, unknown>>;
}

/** The first moment Python knows: the age of a table without rows. */
const NEVER = -62_135_596_800_000_000n;

function judge(age: number, { warn_after, error_after }: FreshnessThreshold): Freshness['status'] {
  const over = (threshold: FreshnessTime | null): boolean =>
    age > (allowedSeconds(threshold) ?? Number.POSITIVE_INFINITY);
  if (over(error_after)) return 'error';
  return over(warn_after) ? 'warn' : 'pass';
}

/** Asks the warehouse when the newest row of a source was loaded. Throws DiagnosticError. */
export async function sourceFreshness(
  bench: Workbench,
  source: SourceNode,
  connection: Connection,
): Promise<Freshness> {
  const { dialect, type, externalLocation } = bench.adapter;
  const node = { ...source, alias: source.identifier } as never;
  const { scope } = nodeScope(bench, node, adapterHost(bench, connection), {
    free: true,
    names: { source_node: () => fromPlain(source) },
  });
  const quoting = { ...bench.quoting, ...said(source.quoting) };
  const external =
    externalLocation?.call(bench.adapter, { ...source, sourceName: source.source_name } as never) ?? null;
  const relation = new RelationValue(dialect, source, quoting, { external });
  const ask = (macro: string, args: readonly Value[]): Promise<Value> =>
    drive(callSteps(scope.macros.rootMacro(macro), [...args], null, scope));
  const { freshness, loaded_at_query: query, loaded_at_field: field } = source;
  let answer: Value;
  if (query !== null) {
    const template = compileTemplate(query, source.original_file_path, { cache: bench.cache });
    answer = await ask('collect_freshness_custom_sql', [relation, (await drive(template.renderWaiting(scope))).text]);
  } else if (field !== null) {
    answer = await ask('collect_freshness', [relation, field, freshness?.filter ?? null]);
  } else {
    throw new DiagnosticError(noLoadedAt({ source: source.name, adapter: type }));
  }
  const parts = answer instanceof PyDict ? answer : new PyDict([['table', answer]]);
  const table = parts.get('table');
  const row = table instanceof TableValue ? table.rows[0] : undefined;
  const moment = (value: Value | undefined): bigint => {
    if (value instanceof PyDateTime) return value.zone === null ? value.wallMicros : value.utcMicros;
    throw new DiagnosticError(
      notAMoment({
        field: field ?? 'loaded_at_query',
        relation: relation.render(),
        found: value === undefined || value === null ? 'no value' : `'${str(value)}' (${typeName(value)})`,
      }),
    );
  };
  const maxLoadedAt = row?.[0] === null ? NEVER : moment(row?.[0]);
  const snapshottedAt = moment(row?.[1]);
  const age = Number(snapshottedAt - maxLoadedAt) / 1e6;
  const response = parts.get('response');
  return {
    maxLoadedAt,
    isEmpty: row?.[0] === null,
    snapshottedAt,
    age,
    status: judge(age, freshness!),
    response: response instanceof AdapterResponse ? response.plain() : {},
  };
}

/** Without what is null: not said. */
function said(quoting: object): Record<string, boolean> {
  return Object.fromEntries(Object.entries(quoting).filter(([, value]) => typeof value === 'boolean')) as Record<
    string,
    boolean
  >;
}
