import { DiagnosticError } from '../core/index.ts';
import { PyDict, str, type Value, type Waiting } from '../jinja/index.ts';
import type { ColumnValue } from './column.ts';
import { RunConfig } from './config.ts';
import { raised } from './diagnostics.ts';

/** Throws where the table that a snapshot keeps lacks columns it needs; `names` are the user's own for them. */
export function* checkSnapshot(
  columns: Waiting<ColumnValue[]>,
  names: Value | undefined,
  needed: readonly string[],
): Waiting<void> {
  const there = new Set((yield* columns).map((c) => c.name.toLowerCase()));
  const missing = needed
    .map((name) => (names instanceof PyDict ? str(names.get(name) ?? name) : name))
    .filter((name) => !there.has(name.toLowerCase()));
  if (!missing.length) return;
  const message = `Snapshot target is missing configured columns (missing ${missing.map((m) => `"${m}"`).join(', ')}). See https://docs.getdbt.com/docs/build/snapshots#snapshot-meta-fields for more information.`;
  throw new DiagnosticError(raised({ message, category: 'Compilation' }));
}

/** What a snapshot does with rows that are gone from its source, in either of dbt's two spellings. */
export function hardDeletes(config: Value): Value {
  const read = (key: string): Value => {
    if (config instanceof PyDict) return config.get(key) ?? null;
    return config instanceof RunConfig ? (config.getAttr(key) ?? null) : null;
  };
  const hard = read('hard_deletes');
  const invalidate = read('invalidate_hard_deletes');
  if (invalidate !== null && hard !== null) {
    throw new DiagnosticError(
      raised({
        message:
          'You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.',
        category: 'Compilation',
      }),
    );
  }
  if (invalidate !== null) return invalidate === true ? 'invalidate' : 'ignore';
  if (hard === null) return 'ignore';
  if (hard === 'invalidate' || hard === 'ignore' || hard === 'new_record') return hard;
  throw new DiagnosticError(
    raised({
      message: `Invalid setting for property hard_deletes: ${str(hard)}. It must be one of ignore, invalidate, new_record.`,
      category: 'Compilation',
    }),
  );
}
