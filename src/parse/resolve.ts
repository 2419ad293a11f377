import { isRefable, type NodeVersion, type RefArgs } from '../artifacts/index.ts';
import type { Diagnostic, Span } from '../core/index.ts';
import { addTo, nearest } from '../core/index.ts';
import { missingFunction, missingRef, missingSource, privateRef, restrictedRef } from './diagnostics.ts';
import type { Draft } from './draft.ts';

/** What a `ref` may find, by name. */
export interface RefCandidate {
  readonly unique_id: string;
  readonly package_name: string;
  readonly name: string;
  readonly version: NodeVersion | null;
  readonly latest: boolean;
}

/** Looks up what `ref`, `source` and `function` name. Made once the nodes are all there. */
export class Resolver {
  readonly #byName = new Map<string, RefCandidate[]>();
  readonly #sources = new Map<string, { unique_id: string; package_name: string }[]>();
  readonly #functions = new Map<string, { unique_id: string; package_name: string }[]>();
  readonly #packages: readonly string[];
  readonly #root: string;

  constructor(draft: Pick<Draft, 'nodes' | 'sources' | 'functions' | 'input' | 'root'>) {
    this.#root = draft.root.project.name;
    this.#packages = draft.input.packages.map((pkg) => pkg.project.name);
    for (const node of draft.nodes.values()) {
      if (!isRefable(node.resource_type)) continue;
      const version = 'version' in node ? node.version : null;
      const latest = 'latest_version' in node ? version === node.latest_version : true;
      addTo(this.#byName, node.name, {
        unique_id: node.unique_id,
        package_name: node.package_name,
        name: node.name,
        version,
        latest,
      });
    }
    for (const source of draft.sources.values()) addTo(this.#sources, `${source.source_name}.${source.name}`, source);
    for (const fn of draft.functions.values()) addTo(this.#functions, fn.name, fn);
  }

  /** The unique id that a `ref` names: in the package given, else own package, root project, then any. */
  ref(wanted: RefArgs, from: string): string | undefined {
    const all = this.#byName.get(wanted.name) ?? [];
    const fitting = all.filter((c) =>
      wanted.version === null ? c.latest : String(c.version) === String(wanted.version),
    );
    if (wanted.package !== null) return fitting.find((c) => c.package_name === wanted.package)?.unique_id;
    for (const pkg of [from, this.#root, ...this.#packages]) {
      const found = fitting.find((c) => c.package_name === pkg);
      if (found) return found.unique_id;
    }
    return undefined;
  }

  source(source: string, table: string, from: string): string | undefined {
    return this.#nearestOf(this.#sources.get(`${source}.${table}`) ?? [], from);
  }

  /** @param wanted a name, or a package and a name */
  function(wanted: readonly string[], from: string): string | undefined {
    const all = this.#functions.get(wanted.at(-1)!) ?? [];
    if (wanted.length > 1) return all.find((fn) => fn.package_name === wanted[0])?.unique_id;
    return this.#nearestOf(all, from);
  }

  /** Of several of a name: that of the own package, else the root project's, else any. */
  #nearestOf(all: readonly { unique_id: string; package_name: string }[], from: string): string | undefined {
    for (const pkg of [from, this.#root, ...this.#packages]) {
      const found = all.find((one) => one.package_name === pkg);
      if (found) return found.unique_id;
    }
    return undefined;
  }

  names(): Iterable<string> {
    return this.#byName.keys();
  }

  functionNames(): Iterable<string> {
    return this.#functions.keys();
  }

  sourceNames(): Iterable<string> {
    return this.#sources.keys();
  }
}

/** A resource whose references are looked up. */
interface Referring {
  readonly unique_id: string;
  readonly resource_type: string;
  readonly package_name: string;
  readonly original_file_path: string;
  readonly refs: readonly RefArgs[];
  readonly sources: readonly (readonly string[])[];
  readonly functions?: readonly (readonly string[])[];
  readonly name: string;
}

function isDisabled(draft: Pick<Draft, 'disabled'>, name: string, pkg: string | null): boolean {
  for (const list of draft.disabled.values()) {
    if (list.some((r) => r.name === name && isRefable(r.resource_type) && (pkg === null || r.package_name === pkg)))
      return true;
  }
  return false;
}

const HUMAN: Readonly<Record<string, string>> = {
  sql_operation: 'inline query',
  unit_test: 'unit test',
  saved_query: 'saved query',
  semantic_model: 'semantic model',
};

/**
 * Why a node may not refer to a model: it is private to another group, or not public in a package that lets nobody else
 * in. A generic test belongs to the group of what it tests, and what is only looked at may look at everything.
 */
function refused(draft: Pick<Draft, 'nodes' | 'input'>, node: Referring, id: string): Diagnostic | undefined {
  const target = draft.nodes.get(id);
  const { group, test_metadata: isGeneric } = node as { group?: string | null; test_metadata?: unknown };
  if (target?.resource_type !== 'model' || isGeneric || node.resource_type === 'sql_operation') return undefined;
  const { package_name: home, access } = target;
  const { restrictAccess } = draft.input.packages.find(({ project }) => project.name === home)!.project;
  if (restrictAccess && node.package_name !== home && access !== 'public')
    return restrictedRef({ node: node.unique_id, target: id, access, package: home });
  if (access !== 'private' || !target.group || group === target.group) return undefined;
  return privateRef({ node: node.unique_id, target: id, group: target.group });
}

/** What is read of a draft to look up references, and where problems with them go. */
type Lookup = Pick<Draft, 'input' | 'nodes' | 'disabled' | 'recordings' | 'problems'>;

/** What a resource depends on. */
export interface Dependencies {
  /** Unique ids in dbt's order: sources, refs, functions. */
  readonly nodes: readonly string[];
  /** False for a test of something that is not there or switched off: the test is then switched off too. */
  readonly complete: boolean;
}

/** The nodes that a resource depends on. What is not found gives a problem. */
export function dependencies(
  draft: Lookup,
  resolver: Resolver,
  node: Referring,
  fallback: () => Span | undefined,
): Dependencies {
  const isTest = node.resource_type === 'test';
  let complete = true;
  const found = new Set<string>();
  const recording = draft.recordings.get(node.unique_id);
  const label = () => `${HUMAN[node.resource_type] ?? node.resource_type} '${node.unique_id}'`;
  for (const [source = '', table = ''] of node.sources) {
    const id = resolver.source(source, table, node.package_name);
    if (id) {
      found.add(id);
      continue;
    }
    const disabled = [...draft.disabled.values()].some((list) =>
      list.some((r) => r.resource_type === 'source' && r.source_name === source && r.name === table),
    );
    if (isTest) complete = false;
    if (disabled && isTest) continue;
    const asked = recording?.sources.find((s) => s.wanted.source === source && s.wanted.table === table);
    const near = nearest(`${source}.${table}`, resolver.sourceNames());
    draft.problems.push(
      missingSource(
        { node: label(), path: node.original_file_path, source, table, near, disabled },
        { at: asked?.at ?? fallback(), severity: isTest ? 'warning' : 'error' },
      ),
    );
  }
  for (const wanted of node.refs) {
    const id = resolver.ref(wanted, node.package_name);
    if (id) {
      found.add(id);
      const refusal = refused(draft, node, id);
      if (refusal) {
        const use = recording?.refs.find((r) => r.wanted.name === wanted.name);
        draft.problems.push({ ...refusal, at: use?.at ?? fallback() });
      }
      continue;
    }
    const disabled = isDisabled(draft, wanted.name, wanted.package);
    if (isTest) complete = false;
    if (disabled && isTest) continue;
    const asked = recording?.refs.find((r) => r.wanted.name === wanted.name);
    draft.problems.push(
      missingRef(
        {
          node: label(),
          path: node.original_file_path,
          name: wanted.name,
          package: wanted.package ?? undefined,
          version: wanted.version ?? undefined,
          near: nearest(wanted.name, resolver.names()),
          disabled,
        },
        { at: isTest ? fallback() : (asked?.at ?? fallback()), severity: isTest ? 'warning' : 'error' },
      ),
    );
  }
  for (const wanted of node.functions ?? []) {
    const id = resolver.function(wanted, node.package_name);
    if (id) {
      found.add(id);
      continue;
    }
    const name = wanted.at(-1)!;
    const pkg = wanted.length > 1 ? wanted[0] : undefined;
    const disabled = [...draft.disabled.values()].some((list) =>
      list.some(
        (r) => r.resource_type === 'function' && r.name === name && (pkg === undefined || r.package_name === pkg),
      ),
    );
    if (isTest) complete = false;
    if (disabled && isTest) continue;
    const asked = recording?.functions.find((f) => f.wanted.at(-1) === name);
    const near = nearest(name, resolver.functionNames());
    draft.problems.push(
      missingFunction(
        { node: label(), path: node.original_file_path, name, package: pkg, near, disabled },
        { at: asked?.at ?? fallback(), severity: isTest ? 'warning' : 'error' },
      ),
    );
  }
  return { nodes: [...found], complete };
}
