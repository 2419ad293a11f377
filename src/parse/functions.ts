import type { FunctionArgument, FunctionNode, FunctionOverload, FunctionReturns } from '../artifacts/index.ts';
import { nearest, type Span } from '../core/index.ts';
import { type PyDict, toPlain } from '../jinja/index.ts';
import { badEntry, functionLanguage, invalidConfig, patchWithoutNode, undescribedFunction } from './diagnostics.ts';
import { describe } from './docs.ts';
import type { Draft } from './draft.ts';
import { dictsAt, type Patch, patchSpan, textAt } from './patch.ts';
import { spanOf } from './places.ts';

/** What dbt writes where nothing says what a function returns. */
const NOT_SAID = 'INVALID_TYPE';

/** Warehouses that run functions written in JavaScript. */
const JAVASCRIPT = new Set(['bigquery', 'snowflake']);

/** Configs of functions that only some values fit. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  type: ['scalar', 'aggregate', 'table'],
  volatility: ['deterministic', 'stable', 'non-deterministic'],
};

/** The language of a function, by its file. */
export function languageOf(path: string): string {
  return path.endsWith('.py') ? 'python' : path.endsWith('.js') ? 'javascript' : 'sql';
}

/** The signature of a function as its properties give it. The bodies of overloads come later: they are other files. */
export function functionFields(
  draft: Draft,
  patch: Patch | undefined,
): Pick<FunctionNode, 'returns' | 'arguments' | 'overloads'> {
  if (!patch) return { returns: { data_type: NOT_SAID, description: null }, arguments: [], overloads: [] };
  const returns = returnsOf(draft, patch, patch.value);
  if (!returns) refuse(draft, patch, "'returns' is required, with a 'data_type'", 'name');
  return {
    returns: returns ?? { data_type: NOT_SAID, description: null },
    arguments: argumentsOf(draft, patch, patch.value),
    overloads: dictsAt(patch.value, 'overloads').map((overload) => ({
      defined_in: textAt(overload, 'defined_in') ?? '',
      arguments: argumentsOf(draft, patch, overload),
      returns: returnsOf(draft, patch, overload) ?? null,
      description: textAt(overload, 'description') ?? null,
      raw_body: null,
      compiled_body: null,
    })),
  };
}

function refuse(draft: Draft, patch: Patch, reason: string, ...inside: (string | number)[]): void {
  draft.problems.push(
    badEntry({ section: patch.section, name: patch.name, reason }, { at: patchSpan(patch, ...inside) }),
  );
}

function descriptionOf(draft: Draft, patch: Patch, value: PyDict): string | null {
  const written = textAt(value, 'description');
  return written === undefined ? null : describe(draft, written, patch.package, () => patchSpan(patch)).text;
}

function returnsOf(draft: Draft, patch: Patch, value: PyDict): FunctionReturns | undefined {
  const returns = value.get('returns') as PyDict | null | undefined;
  const data_type = returns && typeof returns === 'object' ? textAt(returns, 'data_type') : undefined;
  return data_type === undefined ? undefined : { data_type, description: descriptionOf(draft, patch, returns!) };
}

function argumentsOf(draft: Draft, patch: Patch, value: PyDict): FunctionArgument[] {
  const found: FunctionArgument[] = [];
  for (const argument of dictsAt(value, 'arguments')) {
    const name = textAt(argument, 'name');
    const data_type = textAt(argument, 'data_type');
    if (name === undefined || data_type === undefined) {
      refuse(draft, patch, "each of its arguments needs a 'name' and a 'data_type'", 'arguments');
      continue;
    }
    const default_value = toPlain(argument.get('default_value') ?? null);
    const before = found.at(-1);
    if (before && before.default_value !== null && default_value === null) {
      const reason = `Non-defaulted argument '${name}' comes after a defaulted argument. Non-defaulted arguments cannot come after defaulted arguments`;
      refuse(draft, patch, reason, 'arguments');
    }
    found.push({ name, data_type, description: descriptionOf(draft, patch, argument), default_value });
  }
  return found;
}

/** Makes files that hold overloads part of the functions that name them; warns of entries that describe nothing. */
export function linkFunctions(draft: Draft): void {
  const names = [...draft.functions.values()].map(({ name }) => name);
  for (const patch of draft.patches.bySection.get('functions') ?? []) {
    const id = `function.${patch.package}.${patch.name}`;
    if (draft.functions.has(id) || draft.disabled.has(id)) continue;
    const what = { name: patch.name, section: 'functions', path: patch.file.path, near: nearest(patch.name, names) };
    draft.problems.push(patchWithoutNode(what, { at: patchSpan(patch, 'name') }));
  }
  const owners = new Map<string, FunctionNode>();
  for (const fn of [...draft.functions.values()]) {
    if (fn.overloads.length) draft.functions.set(fn.unique_id, withOverloads(draft, fn, owners));
  }
}

/** A function with the bodies of its overloads, and with what these refer to. Their files are no functions any more. */
function withOverloads(draft: Draft, fn: FunctionNode, owners: Map<string, FunctionNode>): FunctionNode {
  const refer: Record<'refs' | 'sources' | 'functions', unknown[]> = {
    refs: [...fn.refs],
    sources: [...fn.sources],
    functions: [...fn.functions],
  };
  const macros = new Set(fn.depends_on.macros);
  const overloads = fn.overloads.map((overload, at): FunctionOverload => {
    // Of a function that was kept from an earlier parse all this is done.
    if (overload.raw_body !== null) return overload;
    const id = `function.${fn.package_name}.${overload.defined_in}`;
    const other = draft.functions.get(id);
    const owner = owners.get(id);
    if (!other || other === fn) {
      const name = overload.defined_in;
      const reason = owner
        ? `its overload '${name}' is already one of '${owner.name}'`
        : other === fn
          ? 'it cannot be an overload of itself'
          : `its overload '${name}' was not found: it is a file of that name in functions/`;
      const patch = draft.patches.find(fn.package_name, 'functions', fn.name)!;
      refuse(draft, patch, reason, 'overloads', at);
      return overload;
    }
    owners.set(id, fn);
    for (const key of ['refs', 'sources', 'functions'] as const) {
      const known = new Set(refer[key].map((one) => JSON.stringify(one)));
      refer[key].push(...other[key].filter((one) => !known.has(JSON.stringify(one))));
      (draft.recordings.get(fn.unique_id)?.[key] as unknown[] | undefined)?.push(
        ...(draft.recordings.get(id)?.[key] ?? []),
      );
    }
    for (const macro of other.depends_on.macros) macros.add(macro);
    // Its template stays: the body is rendered when the function is created.
    for (const map of [draft.functions, draft.recordings]) map.delete(id);
    return { ...overload, raw_body: other.raw_code };
  });
  return { ...fn, ...refer, depends_on: { ...fn.depends_on, macros: [...macros] }, overloads } as FunctionNode;
}

/** What keeps a function from being created. */
export function checkFunctions(draft: Draft): void {
  const { type: adapter } = draft.input.adapter;
  for (const fn of draft.functions.values()) {
    const { name, unique_id: node } = fn;
    const at = (): Span | undefined => spanOf(draft.places.get(node));
    if (fn.returns.data_type === NOT_SAID && fn.patch_path === null)
      draft.problems.push(undescribedFunction({ name }, { at: at() }));
    if (fn.language === 'javascript' && !JAVASCRIPT.has(adapter))
      draft.problems.push(functionLanguage({ name, adapter }, { at: at() }));
    for (const [key, choices] of Object.entries(CHOICES)) {
      const value = (fn.config as unknown as Record<string, unknown>)[key] ?? null;
      if (value === null || choices.includes(String(value))) continue;
      const want = choices.map((choice) => `'${choice}'`).join(' or ');
      const near = nearest(String(value), choices);
      const problem = invalidConfig({ node: `function '${node}'`, key, value: JSON.stringify(value), want, near });
      draft.problems.push({ ...problem, at: at() });
    }
  }
}
