import { findMacro, type Macro, RelationValue } from '../builtins/index.ts';
import { callPlain, str, type Value } from '../jinja/index.ts';
import type { Draft } from './draft.ts';
import { parseScope } from './names.ts';
import type { PlainObject } from './plain.ts';
import { Recording } from './recording.ts';

/** The parts of a relation's name that a project may compute with macros of its own. */
export interface RelationNames {
  readonly database: string | null;
  readonly schema: string;
  readonly alias: string;
}

type Component = 'database' | 'schema' | 'alias';

/** Nodes as the naming macros see them. */
type NamedNode = Readonly<Record<string, unknown>> & { readonly package_name: string; readonly unique_id: string };

/** As much of a node as dbt's own alias macro reads; that of a project may read all of it. */
const readForAlias = ({ name, version, package_name, unique_id }: NamedNode): NamedNode => ({
  name,
  ...(version === undefined ? {} : { version }),
  package_name,
  unique_id,
});

/**
 * Calls `generate_database_name`, `generate_schema_name` and `generate_alias_name`: the package's own macro for a
 * node of a package that has one, else the root project's, else dbt's.
 */
export class RelationNamer {
  readonly #draft: Draft;
  /** Answers of dbt's own database and schema macros, which depend on the custom name and the catalog alone. */
  readonly #known = new Map<string, string>();
  readonly #ours = new Map<Macro, boolean>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /** @param config the node's config, whose database, schema and alias are the custom names */
  names(node: NamedNode, config: Readonly<Record<string, unknown>>): RelationNames {
    return {
      database: this.#name('database', node, config.database),
      schema: this.#name('schema', node, config.schema) ?? '',
      alias: this.#name('alias', node, config.alias) ?? '',
    };
  }

  #macro(component: Component, pkg: string): Macro {
    const { macros } = this.#draft;
    const name = `generate_${component}_name`;
    const isImported = pkg !== macros.root && !macros.internal.includes(pkg);
    return (isImported ? macros.packages.get(pkg)?.get(name) : undefined) ?? findMacro(macros, macros.root, name)!;
  }

  #name(component: Component, node: NamedNode, custom: unknown): string | null {
    const macro = this.#macro(component, node.package_name);
    const isOurs = this.#isOurs(component, macro);
    const isAlias = component === 'alias';
    const catalog = (node.config as PlainObject | undefined)?.catalog_name ?? '';
    const key = isOurs && !isAlias ? `${component}\u0000${custom ?? ''}\u0000${catalog}` : undefined;
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const subject = {
      package: macro.package,
      name: node.unique_id,
      node: isOurs && isAlias ? readForAlias(node) : node,
      this: null,
    };
    const scope = parseScope(this.#draft, subject, new Recording());
    const answer: Value = callPlain(
      scope.macros.bind(macro),
      [custom === undefined ? null : String(custom ?? '') || null, scope.lookup('model')!],
      null,
      scope,
    );
    if (answer === null) return null;
    const name = str(answer).trim();
    if (key !== undefined) this.#known.set(key, name);
    return name;
  }

  /** True where both the macro and what it dispatches to are dbt's own. */
  #isOurs(component: Component, macro: Macro): boolean {
    let answer = this.#ours.get(macro);
    if (answer === undefined) {
      const { internal } = this.#draft.macros;
      const subject = { package: macro.package, name: macro.uniqueId, node: {}, this: null };
      const picked = parseScope(this.#draft, subject, new Recording()).macros.dispatched(
        `generate_${component}_name`,
        'dbt',
      );
      answer = internal.includes(macro.package) && 'package' in picked && internal.includes(picked.package);
      this.#ours.set(macro, answer);
    }
    return answer;
  }

  /** The full name of a relation, quoted as the project and the node say. */
  relationName(
    names: { database: string | null; schema: string; identifier: string },
    quoting?: Readonly<Record<string, unknown>>,
  ): string {
    const { dialect } = this.#draft.input.adapter;
    return new RelationValue(dialect, names, { ...this.#draft.root.project.quoting, ...present(quoting) }).render();
  }
}

function present(quoting: Readonly<Record<string, unknown>> | undefined): Record<string, boolean> {
  return Object.fromEntries(Object.entries(quoting ?? {}).filter(([, v]) => typeof v === 'boolean')) as Record<
    string,
    boolean
  >;
}
