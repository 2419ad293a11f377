import { PyDict, type Value } from '../jinja/index.ts';
import { kindOf } from '../project/index.ts';

/** What kind of value stands somewhere in an entry. Nothing at all always may; keys that are not named may hold anything. */
type Shape =
  | 'text'
  | 'one value'
  | 'true or false'
  | { readonly list: Shape }
  /** A list of mappings; whatever else is in it is passed over. */
  | { readonly each: Shape }
  | { readonly keys: Readonly<Record<string, Shape>>; readonly needs?: readonly string[] }
  | { readonly either: readonly [Shape, Shape] };

const list = (shape: Shape): Shape => ({ list: shape });
const keys = (shapes: Readonly<Record<string, Shape>>, ...needs: string[]): Shape => ({ keys: shapes, needs });
const mapping = keys({});
const named = (shapes: Readonly<Record<string, Shape>> = {}): Shape => keys({ name: 'text', ...shapes }, 'name');

const filter: Shape = { either: ['text', list('text')] };
/** A measure or a metric, by name or with more said of it. */
const input: Shape = { either: ['text', named({ filter, alias: 'text', offset_window: 'one value' })] };

const constraint = keys(
  {
    type: 'text',
    name: 'text',
    expression: 'text',
    columns: list('text'),
    to: 'text',
    to_columns: list('text'),
    warn_unenforced: 'true or false',
    warn_unsupported: 'true or false',
  },
  'type',
);
const ofColumns: Shape = { each: keys({ constraints: { each: constraint } }) };
const described = { constraints: { each: constraint }, columns: ofColumns };
const constrained = keys({ ...described, versions: { each: keys(described) } });

/** Sections whose entries are taken over as they are written, so that what is of the wrong kind has to be told before. */
const SECTIONS: Readonly<Record<string, Shape>> = {
  models: constrained,
  seeds: constrained,
  snapshots: constrained,
  semantic_models: keys({
    defaults: mapping,
    entities: list(named()),
    measures: list(named({ agg_params: mapping, non_additive_dimension: mapping })),
    dimensions: list(named({ type_params: mapping })),
  }),
  metrics: keys({
    filter,
    type_params: keys({
      measure: input,
      numerator: input,
      denominator: input,
      metrics: list(input),
      grain_to_date: 'text',
      conversion_type_params: keys({ base_measure: input, conversion_measure: input }),
      cumulative_type_params: keys({ metric: input, grain_to_date: 'text', period_agg: 'text' }),
    }),
  }),
  saved_queries: keys({
    query_params: keys({ metrics: list('text'), group_by: list('text'), order_by: list('text'), where: filter }),
    exports: list(named({ config: keys({ schema: 'text', alias: 'text', export_as: 'text' }) })),
  }),
};

/** Something of the wrong kind, and where in the entry. */
export interface Misfit {
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

/** What of an entry is of the wrong kind, if anything is. */
export function misfitOf(section: string, entry: PyDict): Misfit | undefined {
  const shape = SECTIONS[section];
  return shape && misfit(entry, shape, []);
}

function misfit(value: Value | undefined, shape: Shape, path: Misfit['path']): Misfit | undefined {
  if (value === undefined || value === null) return undefined;
  const wrong = (expected: string): Misfit => ({
    path,
    reason: `${shown(path)} must be ${expected}, but is ${kindOf(value)}`,
  });
  if (typeof shape === 'string') return isScalar(value, shape) ? undefined : wrong(shape);
  if ('either' in shape) {
    const [one, other] = shape.either;
    return misfit(value, one, path) && misfit(value, other, path);
  }
  if ('each' in shape) {
    const items = Array.isArray(value) ? [...value.entries()] : [];
    for (const [i, item] of items) {
      const found = item instanceof PyDict ? misfit(item, shape.each, [...path, i]) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong('a list');
    for (const [i, item] of value.entries()) {
      const within = [...path, i];
      if (item === null) return { path: within, reason: `${shown(within)} is empty` };
      const found = misfit(item, shape.list, within);
      if (found) return found;
    }
    return undefined;
  }
  if (!(value instanceof PyDict)) return wrong('a mapping');
  const lacking = shape.needs?.find((key) => (value.get(key) ?? null) === null);
  if (lacking !== undefined) return { path, reason: `${shown(path)} needs a '${lacking}'` };
  for (const [key, inner] of Object.entries(shape.keys)) {
    const found = misfit(value.get(key), inner, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

function isScalar(value: Value, kind: 'text' | 'one value' | 'true or false'): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'true or false') return typeof value === 'boolean';
  return !Array.isArray(value) && !(value instanceof PyDict);
}

const shown = (path: Misfit['path']): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : `${i ? '.' : ''}${part}`)).join('');
