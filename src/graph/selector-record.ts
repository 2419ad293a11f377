import { type Criterion, parseCriterion } from './criterion.ts';
import type { RawNamedSelector } from './named-selectors.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Named selectors as manifest.json keeps them: as written, with each short form spelt out as method and value. */
export function selectorRecord(raw: readonly RawNamedSelector[]): Record<string, unknown> {
  return Object.fromEntries(raw.map((entry) => [entry.name, { ...entry, definition: spelledOut(entry.definition) }]));
}

function spelledOut(definition: unknown): unknown {
  if (typeof definition === 'string') return fieldsOf(parseCriterion(definition, 'eager'));
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) return definition;
  const fields = definition as Fields;
  for (const group of ['union', 'intersection'] as const) {
    if (Array.isArray(fields[group])) return { [group]: fields[group].map(spelledOut) };
  }
  const [key, value] = Object.entries(fields)[0] ?? [];
  if (key === 'exclude') return { exclude: Array.isArray(value) ? value.map(spelledOut) : value };
  return Object.keys(fields).length === 1 ? { method: key, value } : fields;
}

/** The long form of a criterion; what it does not ask for is left out. */
function fieldsOf(criterion: Criterion): Fields {
  return {
    ...(criterion.childrensParents ? { childrens_parents: true } : {}),
    ...(criterion.parents ? { parents: true } : {}),
    ...(criterion.parentsDepth === undefined ? {} : { parents_depth: String(criterion.parentsDepth) }),
    method: [criterion.method, ...criterion.arguments].join('.'),
    value: criterion.value,
    ...(criterion.children ? { children: true } : {}),
    ...(criterion.childrenDepth === undefined ? {} : { children_depth: String(criterion.childrenDepth) }),
  };
}
