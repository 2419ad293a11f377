import {
  criterion,
  INDIRECT_SELECTIONS,
  type IndirectSelection,
  parseCriterion,
  type Selection,
  type SelectionGroup,
} from './criterion.ts';
import { invalidDefinition, twoDefaults } from './diagnostics.ts';
import { refuse } from './refuse.ts';

/** A selector of selectors.yml. */
export interface NamedSelector {
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly selection: Selection;
}

/** A selector as it stands in selectors.yml. */
export interface RawNamedSelector {
  readonly name: string;
  readonly definition: unknown;
  readonly description?: string;
  readonly default?: boolean;
}

/** Reads the list under `selectors:`. `indirect` counts for the criteria that say nothing themselves. */
export function parseNamedSelectors(
  raw: readonly RawNamedSelector[],
  indirect: IndirectSelection,
): ReadonlyMap<string, NamedSelector> {
  const parsed = new Map<string, NamedSelector>();
  let first: string | undefined;
  for (const { name, definition, description, default: isDefault } of raw) {
    if (isDefault === true && first !== undefined) refuse(twoDefaults({ first, second: name }));
    if (isDefault === true) first = name;
    const reader: Reader = { name, indirect };
    checkRoot(reader, definition);
    parsed.set(name, {
      name,
      description: description ?? '',
      isDefault: isDefault === true,
      selection: parseDefinition(reader, definition),
    });
  }
  return parsed;
}

interface Reader {
  readonly name: string;
  readonly indirect: IndirectSelection;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fail = ({ name }: Reader, problem: string): never => refuse(invalidDefinition({ name, problem }));

function checkRoot(reader: Reader, definition: unknown): void {
  if (!isFields(definition) || !('union' in definition || 'intersection' in definition)) return;
  const keys = Object.keys(definition);
  if (keys.length > 1) {
    fail(reader, `only a single 'union' or 'intersection' key is allowed at the root; found ${keys.join(', ')}`);
  }
}

function parseDefinition(reader: Reader, definition: unknown): Selection {
  if (typeof definition === 'string') return parseCriterion(definition, reader.indirect);
  if (!isFields(definition)) return fail(reader, 'expected a string, or union, intersection, method and value');
  if ('union' in definition) return parseGroup(reader, 'union', definition.union);
  if ('intersection' in definition) return parseGroup(reader, 'intersection', definition.intersection);
  return parseFields(reader, definition);
}

function parseGroup(reader: Reader, kind: 'union' | 'intersection', list: unknown): Selection {
  const parts: Selection[] = [];
  let excluded: Selection | undefined;
  let excludes = 0;
  for (const item of listOf(reader, kind, list)) {
    if (isFields(item) && 'exclude' in item && !('method' in item)) {
      excludes += 1;
      if (excludes > 1) fail(reader, `more than one 'exclude' in the same '${kind}'`);
      excluded = parseExclude(reader, item.exclude);
    } else parts.push(parseDefinition(reader, item));
  }
  return without({ kind, parts, indirect: 'eager' }, excluded);
}

function parseExclude(reader: Reader, list: unknown): Selection | undefined {
  const parts = listOf(reader, 'exclude', list).map((item) => parseDefinition(reader, item));
  return parts.length <= 1 ? parts[0] : { kind: 'union', parts, indirect: 'eager' };
}

function without(selection: Selection, excluded: Selection | undefined): Selection {
  if (excluded === undefined) return selection;
  const difference: SelectionGroup = { kind: 'difference', parts: [selection, excluded], indirect: 'eager' };
  return difference;
}

function listOf(reader: Reader, key: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : fail(reader, `'${key}' must be a list`);
}

function parseFields(reader: Reader, fields: Fields): Selection {
  const entries = Object.entries(fields);
  const only = entries.length === 1 ? entries[0] : undefined;
  if (only !== undefined) {
    const [method, value] = only;
    return criterion(`${method}:${String(value)}`, { method, value, indirect: reader.indirect });
  }
  const { method, value } = fields;
  if (typeof method !== 'string' || value === undefined) {
    return fail(
      reader,
      `expected one key, or 'method' and 'value', but found ${Object.keys(fields).join(', ') || 'nothing'}`,
    );
  }
  const selected = criterion(`${method}:${String(value)}`, {
    method,
    value,
    childrensParents: Boolean(fields.childrens_parents),
    parents: Boolean(fields.parents),
    parentsDepth: depth(reader, 'parents_depth', fields.parents_depth),
    children: Boolean(fields.children),
    childrenDepth: depth(reader, 'children_depth', fields.children_depth),
    indirect: indirectOf(reader, fields.indirect_selection),
  });
  return without(selected, 'exclude' in fields ? parseExclude(reader, fields.exclude) : undefined);
}

function depth(reader: Reader, key: string, value: unknown): number | undefined {
  // dbt reads 0 as "not given" here, though not on the command line.
  if (value === undefined || value === null || value === 0 || value === '') return undefined;
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : fail(reader, `'${key}' must be a whole number`);
}

function indirectOf(reader: Reader, value: unknown): IndirectSelection {
  if (value === undefined) return reader.indirect;
  const known = INDIRECT_SELECTIONS.find((mode) => mode === value);
  return known ?? fail(reader, `'indirect_selection' must be one of ${INDIRECT_SELECTIONS.join(', ')}`);
}
