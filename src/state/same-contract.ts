import type { ColumnConstraint, ModelNode } from '../artifacts/index.ts';
import { jsonEqual, sameContent } from './json-equal.ts';

/** What became of a contract. */
export interface ContractChange {
  readonly same: boolean;
  /** What breaks for those who rely on it, in words. */
  readonly breaking: readonly string[];
}

/** Materializations that build a table, and so its constraints. */
const ENFORCING: ReadonlySet<string> = new Set(['table', 'incremental']);

const enforces = (model: ModelNode): boolean => ENFORCING.has(model.config.materialized);
const listed = (title: string, lines: readonly string[]): string =>
  `${title}: \n${lines.map((line) => `    - ${line}`).join('\n')}`;
const nameOf = (constraint: ColumnConstraint): string => constraint.name ?? constraint.type;

/** A data type without length, precision and scale: to change these breaks nothing. */
const baseType = (type: string | null): string | null => type && type.split('(')[0]!.trim().toLowerCase();

/** What of the one list of constraints is missing in the other, as far as warehouses enforce it. */
function lost<Constraint extends ColumnConstraint>(
  then: readonly Constraint[],
  now: readonly Constraint[],
): readonly Constraint[] {
  return then.filter((old) => old.type !== 'custom' && !now.some((kept) => sameContent(old, kept)));
}

/** Compares the contracts of a model then and now. */
export function contractChange(now: ModelNode, then: ModelNode): ContractChange {
  const isEnforced = now.contract?.enforced === true;
  const wasEnforced = then.contract?.enforced === true;
  if (!wasEnforced) return { same: !isEnforced, breaking: [] };
  if (isEnforced && sameTerms(now, then)) return { same: true, breaking: [] };
  const breaking: string[] = [];
  if (!isEnforced) {
    breaking.push(
      'Contract enforcement was removed: this model had an enforced contract and is no longer configured to enforce it',
    );
  }
  const removed: string[] = [];
  const retyped: string[] = [];
  const unconstrained: string[] = [];
  const columns = Object.entries(then.columns ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, old] of columns) {
    const column = now.columns?.[key];
    if (!column) {
      removed.push(old.name);
      continue;
    }
    if (baseType(old.data_type) !== baseType(column.data_type)) {
      retyped.push(`${old.name} (${old.data_type} -> ${column.data_type})`);
    }
    if (!enforces(then)) continue;
    for (const constraint of lost(old.constraints ?? [], column.constraints ?? [])) {
      unconstrained.push(`'${nameOf(constraint)}' constraint on column ${key}`);
    }
  }
  const ofModel = enforces(then) ? lost(then.constraints ?? [], now.constraints ?? []) : [];
  if (removed.length) breaking.push(listed('Columns were removed', removed));
  if (retyped.length) breaking.push(listed('Columns with data_type changes', retyped));
  if (unconstrained.length) breaking.push(listed('Enforced column level constraints were removed', unconstrained));
  if (ofModel.length) {
    const lines = ofModel.map((one) => `'${nameOf(one)}' constraint on columns [${one.columns.join(', ')}]`);
    breaking.push(listed('Enforced model level constraints were removed', lines));
  }
  const hadConstraints = then.constraints?.length > 0 || columns.some(([, column]) => column.constraints?.length > 0);
  if (enforces(then) && !enforces(now) && hadConstraints) {
    const line = `${then.config.materialized} -> ${now.config.materialized}`;
    breaking.push(listed('Materialization changed with enforced constraints', [line]));
  }
  return { same: false, breaking };
}

/** The same terms: of the columns by name, and where a table is built, of the table. */
function sameTerms(now: ModelNode, then: ModelNode): boolean {
  // The checksum alone would do between two runs of one version, but how it is made has changed over time.
  if (now.contract.checksum !== null && now.contract.checksum === then.contract.checksum) return true;
  const names = Object.keys(now.columns);
  if (names.length !== Object.keys(then.columns).length) return false;
  const sameColumns = names.every((name) => {
    const a = now.columns[name]!;
    const b = then.columns[name];
    return b !== undefined && a.data_type === b.data_type && sameContent(a.constraints ?? [], b.constraints ?? []);
  });
  if (!sameColumns) return false;
  if (!enforces(now) && !enforces(then)) return true;
  return now.config.materialized === then.config.materialized && jsonEqual(terms(now), terms(then));
}

const terms = (model: ModelNode): readonly string[] =>
  (model.constraints ?? []).map((one) =>
    JSON.stringify([one.type, one.name, one.expression, one.columns, one.to, one.to_columns]),
  );

/** What breaks where a model with a contract is no longer there, or undefined where nothing does. */
export function removedContract(then: ModelNode, isDisabled: boolean, today: Date): string | undefined {
  if (then.contract?.enforced !== true) return undefined;
  if (then.deprecation_date && Date.parse(then.deprecation_date) < today.getTime()) return undefined;
  const what = isDisabled ? 'was disabled' : 'was deleted or renamed';
  return `Contracted model '${then.unique_id}' ${what}.`;
}
