import type { Dialect } from '../adapter/index.ts';
import { DiagnosticError, type Relation } from '../core/index.ts';
import { type Kwargs, type PlainBody, PyDict, PyFunction, PyObject, str, type Value } from '../jinja/index.ts';
import { PyClass } from './class.ts';
import { type EventTimeFilter, filterOf } from './event-time-filter.ts';
import { entriesOf, namePart, PyRecord } from './record.ts';
import { functionMethod } from './relation-function.ts';
import { isKind, kindOf, kinds, relationType } from './relation-kind.ts';
import { type Part, type Policy, parts, picked, policyOf, type Quoting } from './relation-policy.ts';
import { plainFunction } from './signature.ts';
import { approximateMatch, nameTooLong, wrongUse } from './warehouse-diagnostics.ts';

/** What is said of a relation beside its name and quoting. */
export interface RelationOptions {
  readonly include?: Partial<Policy>;
  /** The SQL it is read as in place of its name. */
  readonly external?: string | null;
  /** Rows to read at most; 0 for `--empty`. */
  readonly limit?: number | null;
  readonly eventTimeFilter?: EventTimeFilter | null;
  /** Made by dbt: parts that are not quoted match in any case. */
  readonly dbtCreated?: boolean;
  /** Set for `<database>.information_schema`: the view in it, or null for the schema itself. */
  readonly view?: string | null;
}

/** The name of a relation and its kind; parts that are not there are left out or null. */
export interface RelationNames {
  readonly database?: string | null;
  readonly schema?: string | null;
  readonly identifier?: string | null;
  readonly type?: string | null;
}

interface Facts {
  readonly path: Readonly<Record<Part, string | null>>;
  readonly type: string | null;
  readonly quote: Policy;
  readonly include: Policy;
  readonly external: string | null;
  readonly limit: number | null;
  readonly eventTimeFilter: EventTimeFilter | null;
  readonly dbtCreated: boolean;
  /** Set for `<database>.information_schema`: the view in it, or null for the schema itself. */
  readonly view?: string | null;
}

/** A table or view as templates see it: dbt's BaseRelation. Immutable. */
export class RelationValue extends PyObject {
  readonly typeName: string;
  readonly #dialect: Dialect;
  readonly #facts: Facts;
  #rendered: string | undefined;

  constructor(dialect: Dialect, names: RelationNames, quoting: Quoting = {}, options: RelationOptions = {}) {
    super();
    this.#dialect = dialect;
    const { database = null, schema = null, identifier = null, type = null } = names;
    const { view, external = null, limit = null, eventTimeFilter = null, dbtCreated = false } = options;
    const most = dialect.maxIdentifierLength ?? Number.POSITIVE_INFINITY;
    // A relation without a type may be a test's, which is never made under that name.
    if (type !== null && view === undefined && (identifier?.length ?? 0) > most)
      throw new DiagnosticError(nameTooLong({ name: identifier!, most }));
    const quote = { ...dialect.quote, ...picked(quoting) };
    const include = { ...dialect.include, ...options.include };
    this.#facts = {
      path: { database, schema, identifier },
      type,
      quote,
      include,
      external,
      limit,
      eventTimeFilter,
      dbtCreated,
      view,
    };
    this.typeName = view === undefined ? (dialect.relationName ?? 'BaseRelation') : 'InformationSchema';
  }

  /** The name of the CTE that stands for an ephemeral model. */
  static ephemeral(dialect: Dialect, identifier: string, options: RelationOptions = {}): RelationValue {
    return new RelationValue(
      dialect,
      { identifier: `__dbt__cte__${identifier}`, type: 'cte' },
      { identifier: false },
      options,
    );
  }

  /** `api.Relation`: makes relations of this warehouse, quoted as the project says. */
  static api(dialect: Dialect, quoting: Quoting = {}): PyFunction {
    const make: PlainBody = (args, kwargs) => {
      const { path, ...named } = Object.fromEntries(kwargs ?? []) as Record<string, Value>;
      return new RelationValue(dialect, {}, quoting).#changed({ ...named, path: args[0] ?? path ?? null });
    };
    return new PyClass(dialect.relationName ?? 'BaseRelation', make, (name) => relationStatic(dialect, name, quoting));
  }

  /** `Relation.create(database, schema, identifier, type, **options)`; `quoting` is the project's. */
  static fromArguments(dialect: Dialect, args: readonly Value[], kwargs: Kwargs, quoting: Quoting = {}): RelationValue {
    const named = Object.fromEntries(kwargs ?? []) as Readonly<Record<string, Value>>;
    const positional = Object.fromEntries(
      [...parts, 'type'].map((name, at) => [name, args[at] ?? named[name] ?? null]),
    );
    const start = new RelationValue(dialect, {}, quoting);
    const path = new PyDict(parts.map((part) => [part, positional[part]!]));
    return start.#changed({ ...named, path, type: positional.type! });
  }

  get database(): string | null {
    return this.#facts.path.database;
  }
  get schema(): string | null {
    return this.#facts.path.schema;
  }
  get identifier(): string | null {
    return this.#facts.path.identifier;
  }
  get type(): string | null {
    return this.#facts.type;
  }

  /** The relation as plain data. */
  get relation(): Relation {
    return { ...this.#facts.path, type: relationType(this.#facts.type) };
  }

  /** The same name as another kind of relation. */
  withType(type: string | null): RelationValue {
    return this.#with({ type });
  }

  /** The schema this relation lies in. */
  withoutIdentifier(): RelationValue {
    const { include, path } = this.#facts;
    return this.#with({ include: { ...include, identifier: false }, path: { ...path, identifier: null } });
  }

  /** The information schema of its database, or a view in it. */
  informationSchema(view: string | null = null): RelationValue {
    const { path, quote, include } = this.#facts;
    const names = { database: path.database, identifier: 'INFORMATION_SCHEMA', type: 'view' };
    const shown = { ...include, database: path.database !== null, schema: false, identifier: true };
    return new RelationValue(this.#dialect, names, { ...quote, identifier: false }, { include: shown, view });
  }

  /** The name, quoted, without what `--empty` or a sample put around it. */
  render(): string {
    if (this.#rendered !== undefined) return this.#rendered;
    const { path, include, external, view } = this.#facts;
    const shown = parts.flatMap((part) => (include[part] && path[part] !== null ? [this.#part(part)] : []));
    if (typeof view === 'string') shown.push(view);
    this.#rendered = external || shown.join('.');
    return this.#rendered;
  }

  override str(): string {
    const { type, limit } = this.#facts;
    if (type === 'function') return this.render();
    return this.#filtered(limit === null ? this.render() : this.#limited());
  }

  override repr(): string {
    return `<${this.typeName} ${this.render()}>`;
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && (other === this || other.#identity() === this.#identity());
  }

  override hashKey(): unknown {
    return this.#identity();
  }

  override truthy(): boolean {
    return true;
  }

  override toJson(): unknown {
    return this.relation;
  }

  /** Jinja's `is mapping` holds: dbt's relations are mappings, and packages tell them from text by it. */
  override readonly isMapping = true;

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttr(key) : undefined;
  }

  override contains(item: Value): boolean {
    return this.getItem(item) !== undefined;
  }

  override getAttr(name: string): Value | undefined {
    const { path, type } = this.#facts;
    const kind = isKind[name];
    if (kind !== undefined) return type === kind;
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
        return path[name];
      case 'name':
      case 'table':
        return path.identifier;
      case 'type':
        return type;
      case 'path':
        return new PyRecord('Path', path);
      case 'quote_policy':
        return new PyRecord('Policy', this.#facts.quote);
      case 'include_policy':
        return new PyRecord('Policy', this.#facts.include);
      case 'quote_character':
        return this.#dialect.quoteCharacter;
      case 'can_be_renamed':
        return (this.#dialect.renameable as readonly (string | null)[] | undefined)?.includes(type) ?? false;
      case 'can_be_replaced':
        return (this.#dialect.replaceable as readonly (string | null)[] | undefined)?.includes(type) ?? false;
      case 'require_alias':
        return this.#dialect.requireAlias ?? true;
      case 'dbt_created':
        return this.#facts.dbtCreated;
      case 'limit':
        return this.#facts.limit;
      case 'external':
        return this.#facts.external;
      case 'information_schema_view':
        return this.#facts.view;
      case 'is_dynamic_table':
        return false;
      case 'catalog':
        return null;
      default:
        return this.#method(name) ?? relationStatic(this.#dialect, name);
    }
  }

  #method(name: string): PyFunction | undefined {
    switch (name) {
      case 'render':
        return new PyFunction(name, () => this.render());
      case 'render_limited':
        return new PyFunction(name, () => this.#limited());
      case 'render_event_time_filtered':
        return plainFunction(name, ['rendered?'], ([rendered]) =>
          this.#filtered(typeof rendered === 'string' ? rendered : this.render()),
        );
      case 'include':
        return plainFunction(name, parts.map(optional), (values) =>
          this.#with({ include: policyOf(this.#facts.include, values) }),
        );
      case 'quote':
        return plainFunction(name, parts.map(optional), (values) =>
          this.#with({ quote: policyOf(this.#facts.quote, values) }),
        );
      case 'incorporate':
      case 'replace':
        return new PyFunction(name, (_args, kwargs) => this.#changed(Object.fromEntries(kwargs ?? [])));
      case 'replace_path':
        return new PyFunction(name, (_args, kwargs) => this.#changed({ path: new PyDict(kwargs ?? []) }));
      case 'relation_max_name_length': {
        const { maxIdentifierLength } = this.#dialect;
        return maxIdentifierLength === undefined ? undefined : new PyFunction(name, () => maxIdentifierLength);
      }
      case 'without_identifier':
        return new PyFunction(name, () => this.withoutIdentifier());
      case 'information_schema':
        return plainFunction(name, ['view_name?'], ([view]) =>
          this.informationSchema(typeof view === 'string' ? view : null),
        );
      case 'information_schema_only':
        return new PyFunction(name, () => this.informationSchema());
      case 'matches':
        return plainFunction(name, parts.map(optional), (values) => this.#matches(values));
      case 'quoted':
        return plainFunction(name, ['identifier'], ([identifier]) => quoted(this.#dialect, str(identifier!)));
      case 'get':
        return plainFunction(name, ['key', 'default?'], ([key, fallback]) =>
          key === 'metadata' ? new PyDict([['type', this.typeName]]) : (this.getItem(key!) ?? fallback ?? null),
        );
      case 'to_dict':
        return new PyFunction(name, () => {
          const { quote, include, path, type } = this.#facts;
          const dict = (of: Readonly<Record<string, Value>>): PyDict => new PyDict(Object.entries(of));
          return new PyDict([
            ['path', dict(path)],
            ['type', type],
            ['quote_policy', dict(quote)],
            ['include_policy', dict(include)],
          ]);
        });
      default:
        return functionMethod(name);
    }
  }

  #part(part: Part): string {
    const name = this.#facts.path[part]!;
    if (!this.#facts.quote[part]) return name;
    // DuckDB names a database after its file: a quote in it is part of the name.
    return quoted(this.#dialect, part === 'database' ? name.replaceAll(this.#dialect.quoteCharacter, '$&$&') : name);
  }

  #limited(): string {
    const { limit } = this.#facts;
    if (limit === null) return this.render();
    const clause = limit === 0 ? 'where false limit 0' : `limit ${limit}`;
    return `(select * from ${this.render()} ${clause})${this.#alias('limit')}`;
  }

  #filtered(rendered: string): string {
    const filter = this.#facts.eventTimeFilter;
    if (!filter) return rendered;
    const bounds: string[] = [];
    if (filter.start) bounds.push(`${filter.fieldName} >= '${filter.start}'`);
    if (filter.end) bounds.push(`${filter.fieldName} < '${filter.end}'`);
    return bounds.length === 0
      ? rendered
      : `(select * from ${rendered} where ${bounds.join(' and ')})${this.#alias('et_filter')}`;
  }

  #alias(purpose: string): string {
    return (this.#dialect.requireAlias ?? true) ? ` _dbt_${purpose}_subq_${this.#facts.path.identifier}` : '';
  }

  #matches(values: readonly (Value | undefined)[]): boolean {
    const wanted = parts.flatMap((part, at) => (typeof values[at] === 'string' ? [[part, values[at]] as const] : []));
    if (wanted.length === 0)
      throw new DiagnosticError(
        wrongUse({ what: `matches() on ${this.render()}`, problem: 'was given no database, schema or identifier' }),
      );
    const { path, quote, dbtCreated } = this.#facts;
    const bare = (name: string): string => name.toLowerCase().split(this.#dialect.quoteCharacter).join('');
    const exact = wanted.every(([part, value]) =>
      dbtCreated && !quote[part] ? path[part]?.toLowerCase() === value.toLowerCase() : path[part] === value,
    );
    if (!exact && wanted.every(([part, value]) => bare(path[part] ?? 'none') === bare(value))) {
      const target = new RelationValue(this.#dialect, Object.fromEntries(wanted));
      throw new DiagnosticError(approximateMatch({ wanted: target.render(), found: this.render() }));
    }
    return exact;
  }

  #with(change: Partial<Facts>): RelationValue {
    const { path, type, quote, ...options } = { ...this.#facts, ...change };
    return new RelationValue(this.#dialect, { ...path, type }, quote, options);
  }

  /** The relation with what a template names changed: mappings are merged, everything else replaces. */
  #changed(change: Readonly<Record<string, Value>>): RelationValue {
    const { path, quote, include } = this.#facts;
    const newPath = Object.entries(entriesOf(change.path)).map(([part, value]) => [part, namePart(part, value)]);
    const type = change.type === undefined ? this.#facts.type : kindOf(change.type);
    const filter = change.event_time_filter;
    return this.#with({
      path: { ...path, ...Object.fromEntries(newPath) },
      type,
      quote: { ...quote, ...picked(entriesOf(change.quote_policy)) },
      include: { ...include, ...picked(entriesOf(change.include_policy)) },
      ...(typeof change.limit === 'number' || change.limit === null ? { limit: change.limit } : {}),
      ...(typeof change.external === 'string' || change.external === null ? { external: change.external } : {}),
      ...(typeof change.dbt_created === 'boolean' ? { dbtCreated: change.dbt_created } : {}),
      ...(filter === undefined ? {} : { eventTimeFilter: filterOf(filter) }),
    });
  }

  #identity(): string {
    return `\u0000relation ${this.typeName} ${JSON.stringify(this.#facts)}`;
  }
}

const optional = (name: string): string => `${name}?`;

const quoted = ({ quoteCharacter: mark }: Dialect, name: string): string => mark + name + mark;

/** What both the class and its instances have: constructors, the names of the kinds. */
export function relationStatic(dialect: Dialect, name: string, quoting: Quoting = {}): Value | undefined {
  const kind = kinds[name];
  if (kind !== undefined) return kind;
  switch (name) {
    case 'create':
      return new PyFunction(name, (args, kwargs) => RelationValue.fromArguments(dialect, args, kwargs, quoting));
    case 'get_default_quote_policy':
      return new PyFunction(name, () => new PyRecord('Policy', dialect.quote));
    case 'get_default_include_policy':
      return new PyFunction(name, () => new PyRecord('Policy', dialect.include));
    case 'get_relation_type':
      return new PyRecord('RelationType', kinds);
    case 'add_ephemeral_prefix':
      return plainFunction(name, ['name'], ([base]) => `__dbt__cte__${str(base!)}`);
    case 'scd_args':
      return plainFunction(name, ['primary_key', 'updated_at'], ([key, updated]) => [
        ...(Array.isArray(key) ? key : [key!]),
        updated!,
      ]);
    default:
      return undefined;
  }
}
