import { columnsCall } from './columns-call.ts';
import { type Dialect, fold } from './dialect.ts';
import { givesRows, isAggregate, pathOf, variablesOf } from './expressions.ts';
import { contains } from './grouping.ts';
import { PrintScope, type PrintSource } from './print-scope.ts';
import {
  base,
  isNamed,
  limited,
  numbered,
  opaque,
  type Printed,
  type PrintedColumn,
  renamed,
  short,
  whole,
} from './printed.ts';
import { nameOf } from './projections.ts';
import type { Tables } from './run.ts';
import {
  chainOf,
  type Data,
  dataOf,
  type Identifier,
  identifierAt,
  identifiersAt,
  isNode,
  isQuery,
  kindOf,
  type Node,
  nodeAt,
  nodesAt,
} from './syntax.ts';

/**
 * What the columns of a query are made of, in short. Two queries whose prints are the same give the same values from the same
 * tables, however they are laid out, and whatever their CTEs and aliases are called. The reverse does not hold: what is not
 * understood goes in as it is written, with all that is around it.
 */
export interface QueryPrint {
  /** Of what decides which rows there are. */
  readonly rows: string;
  /** Of each column, by folded name. */
  readonly columns: Readonly<Record<string, string>>;
  /** Of what else there may be; undefined where all columns are known. */
  readonly rest?: string;
}

/** The print of a query. */
export function printOf(query: Node, dialect: Dialect, tables: Tables): QueryPrint {
  const { rows, columns, rest } = new Printer(dialect, tables).query(query, undefined);
  const named = columns.flatMap(({ name, print }) => (name === null ? [] : [[fold(name), print]]));
  return { rows, columns: Object.fromEntries(named), ...(rest ? { rest: rest('') } : {}) };
}

/** How the same thing was written, which means nothing. */
const SPELLING = new Set(
  `span inferred_type comments leading_comments trailing_comments double_colon_syntax alias_explicit_as alias_keyword
  use_inner_keyword use_outer_keyword integer_spelling alias_first nesting_group colon no_parens`.split(/\s+/),
);
/** Fields that hold a word of which the size of its letters means nothing. */
const WORDS = new Set(['name', 'original_name', 'unit', 'kind', 'data_type']);

/** CTEs in reach, by folded name. */
type Ctes = ReadonlyMap<string, Printed>;

class Printer {
  readonly #dialect: Dialect;
  readonly #tables: Tables;

  constructor(dialect: Dialect, tables: Tables) {
    this.#dialect = dialect;
    this.#tables = tables;
  }

  query(node: Node, outer: PrintScope | undefined, around: Ctes = outer?.ctes ?? new Map()): Printed {
    const data = dataOf(node);
    const ctes = this.#withCtes(data, outer, around);
    switch (kindOf(node)) {
      case 'select':
        return this.#select(data, new PrintScope(ctes, outer));
      case 'union':
      case 'intersect':
      case 'except':
        return this.#setOperation(node, outer, ctes);
      case 'subquery':
      case 'paren': {
        const { this: inner, with: _, alias: _alias, column_aliases: _columns, lateral: _lateral, ...others } = data;
        const printed = this.query(nodeAt(data, 'this')!, outer, ctes);
        return limited(printed, this.#fields(others, PrintScope.over(printed, ctes, outer)));
      }
      default:
        return this.#opaque(node, new PrintScope(ctes, outer));
    }
  }

  #withCtes({ with: clause }: Data, outer: PrintScope | undefined, around: Ctes): Ctes {
    if (!clause) return around;
    const { ctes: definitions, recursive } = clause as { ctes: Data[]; recursive?: boolean };
    const ctes = new Map(around);
    for (const definition of definitions) {
      const name = fold(identifierAt(definition, 'alias')!.name);
      const model = this.#tables.cte(name);
      const names = identifiersAt(definition, 'columns');
      const body = nodeAt(definition, 'this')!;
      const of = (node: Node, inner: Ctes): Printed => renamed(this.query(node, outer, inner), names);
      const isRecursive = recursive === true && kindOf(body) === 'union';
      if (model) ctes.set(name, base(model));
      else if (!isRecursive) ctes.set(name, of(body, ctes));
      else {
        const itself = numbered('itself', of(nodeAt(dataOf(body), 'left')!, ctes));
        const printed = of(body, new Map([...ctes, [name, itself]]));
        // Each column may pass into any other.
        ctes.set(name, numbered(whole(printed), printed));
      }
    }
    return ctes;
  }

  #select(data: Data, scope: PrintScope): Printed {
    const { expressions: _, from, joins, with: _with, windows, where_clause, order_by, group_by, ...clauses } = data;
    const sources = from ? nodesAt(from as Data, 'expressions').map((node) => this.#addSource(node, scope)) : [];
    const rows = [...sources, ...((joins as Data[] | undefined) ?? []).map((join) => this.#join(join, scope))];
    for (const window of (windows as Data[] | null) ?? [])
      scope.windows.set(fold(identifierAt(window, 'name')?.name ?? ''), this.#fields(window.spec as Data, scope));
    const items = nodesAt(data, 'expressions');
    const { columns, rest } = this.#project(items, scope);
    const all = short(...columns.map(({ print }) => print), rest?.('') ?? '');
    if (where_clause) rows.push(`where ${this.#print(where_clause, scope)}`);
    const after = scope.withAliases(columns);
    const isOne = Boolean(group_by) || Boolean(data.having) || items.some((item) => contains(item, isAggregate));
    if (isOne) rows.push(`group ${this.#groupKeys(group_by as Data | null, items, columns, after)}`);
    const others = this.#fields(clauses, after);
    if (others) rows.push(others);
    const isCut = ['limit', 'offset', 'fetch', 'top', 'distinct_on'].some((part) => this.#print(data[part], after));
    if (isCut) rows.push(`order ${this.#print(order_by, after)}`);
    if (data.distinct === true || data.distinct_on) rows.push(`distinct ${all}`);
    for (const item of items) if (contains(item, givesRows)) rows.push(this.#print(item, scope));
    return { rows: rows.length === 1 ? rows[0]! : short('select', ...rows), columns, rest };
  }

  /** What rows are put together by; a place and an alias are what they stand for. */
  #groupKeys(group: Data | null, items: readonly Node[], columns: readonly PrintedColumn[], scope: PrintScope): string {
    if (!group) return '';
    const { expressions: _, all, ...others } = group;
    const keys = nodesAt(group, 'expressions').map((key) => {
      const place = kindOf(key) === 'literal' ? Number(dataOf(key).value) : 0;
      return (columns.length === items.length && columns[place - 1]?.print) || this.#value(key, scope);
    });
    if (all === true) for (const item of items) if (!contains(item, isAggregate)) keys.push(this.#value(item, scope));
    return [...new Set(keys)].sort().join() + this.#fields(others, scope);
  }

  /** The print of a value; that of a column stays what it is, through however many queries it is handed. */
  #value(node: Node, scope: PrintScope): string {
    const kind = kindOf(node);
    if (kind === 'alias' || kind === 'paren') return this.#value(nodeAt(dataOf(node), 'this')!, scope);
    const text = this.#node(node, scope);
    return kind === 'column' ? text : short(text);
  }

  #setOperation(node: Node, outer: PrintScope | undefined, ctes: Ctes): Printed {
    // A chain of hundreds of unions is a tree as deep: it is walked, not descended.
    const sides: Printed[] = [];
    const kinds: string[] = [];
    let at = node;
    while (['union', 'intersect', 'except'].includes(kindOf(at)) && (at === node || !dataOf(at).with)) {
      const { left: _, right: _right, with: _with, order_by, ...others } = dataOf(at);
      sides.push(this.query(nodeAt(dataOf(at), 'right')!, outer, ctes));
      const how = { ...others, ...(others.limit || others.offset ? { order_by } : {}) };
      kinds.push(`${kindOf(at)} ${this.#fields(how, new PrintScope(ctes, outer))}`);
      at = nodeAt(dataOf(at), 'left')!;
    }
    sides.push(this.query(at, outer, ctes));
    sides.reverse();
    const [first] = sides as [Printed];
    const isByName = dataOf(node).by_name === true;
    const isAll = kinds.every((kind) => /^union.*\ball:true/.test(kind));
    const names = isByName
      ? [...new Map(sides.flatMap(({ columns }) => columns.map(({ name }) => [fold(name ?? ''), name]))).values()]
      : first.columns.map(({ name }) => name);
    const columns = names.map((name, i): PrintedColumn => {
      const prints = sides.map((side) => {
        const own = isByName ? side.columns.find((one) => isNamed(one, name ?? '')) : side.columns[i];
        return own?.print ?? side.rest?.(name ?? '') ?? '';
      });
      return { name, print: short(...prints) };
    });
    const rest = sides.some((side) => side.rest) ? (name: string) => short(...sides.map(whole), name) : undefined;
    const rows = short(...kinds, ...sides.map((side) => (isAll ? side.rows : whole(side))));
    return { rows, columns, rest };
  }

  /** A select list; aliases are seen by what comes after them. */
  #project(items: readonly Node[], scope: PrintScope): Omit<Printed, 'rows'> {
    const columns: PrintedColumn[] = [];
    const rests: ((name: string) => string)[] = [];
    for (const item of items) {
      const field = kindOf(item) === 'dot' ? nodeAt(dataOf(item), 'field') : undefined;
      if (kindOf(item) === 'star') {
        const star = this.#star(dataOf(item), scope);
        columns.push(...star.columns);
        if (star.rest) rests.push(star.rest);
      } else if (columnsCall(item) || (field && kindOf(field) === 'star')) {
        const text = this.#print(item, scope) + scope.all().map(whole).join();
        rests.push((name) => short(text, name));
      } else {
        const [name, print] = [nameOf(this.#dialect, item), this.#value(item, scope)];
        columns.push({ name, print });
        if (this.#dialect.lateralAliases && kindOf(item) === 'alias' && name !== null)
          scope.aliases.set(fold(name), print);
      }
    }
    if (rests.length < 2) return { columns, rest: rests[0] };
    return { columns, rest: (name) => short(...rests.map((rest) => rest(name))) };
  }

  #star(data: Data, scope: PrintScope): Omit<Printed, 'rows'> {
    const table = identifierAt(data, 'table')?.name;
    const source = table === undefined ? undefined : scope.source(table);
    const except = new Set(identifiersAt(data, 'except').map(({ name }) => fold(name)));
    const renames = (data.rename as [Identifier, Identifier][] | null) ?? [];
    const rename = new Map(renames.map(([from, to]) => [fold(from.name), to.name]));
    const replaced = new Map(
      ((data.replace as Data[] | null) ?? []).map((one) => [
        fold(identifierAt(one, 'alias')?.name ?? ''),
        this.#value(nodeAt(one, 'this')!, scope),
      ]),
    );
    const columns = (source ? source.printed.columns : scope.columns()).flatMap((column): PrintedColumn[] => {
      const key = fold(column.name ?? '');
      if (except.has(key)) return [];
      return [{ name: rename.get(key) ?? column.name, print: replaced.get(key) ?? column.print }];
    });
    const open = (source ? [source.printed] : scope.all()).filter(({ rest }) => rest);
    if (table !== undefined && !source) open.push(opaque(scope.bare(table) ?? fold(table)));
    const how = this.#fields({ except: data.except, rename: data.rename, replace: data.replace }, scope);
    if (how === '' && open.length < 2) return { columns, rest: open[0]?.rest };
    const rest = (name: string): string =>
      short(...(name === '' ? [how] : []), ...open.map((one) => one.rest!(rename.get(fold(name)) ?? name)));
    return { columns, rest: open.length ? rest : undefined };
  }

  #join(join: Data, scope: PrintScope): string {
    const { this: _, using: _using, ...how } = join;
    const before = [...scope.sources];
    const rows = this.#addSource(nodeAt(join, 'this')!, scope);
    const kind = String(join.kind ?? '');
    const names = identifiersAt(join, 'using').map(({ name }) => name);
    if (kind.startsWith('Natural')) {
      const left = before.flatMap(({ printed }) => printed.columns);
      for (const { name } of scope.sources.at(-1)!.printed.columns)
        if (name !== null && left.some((column) => isNamed(column, name))) names.push(name);
    }
    const merged = names.map((name) => scope.merge(name));
    const text = short('join', rows, this.#fields(how, scope), ...merged);
    // The right side of a semi or anti join gives no column.
    if (/semi|anti/i.test(kind)) scope.sources.splice(0, scope.sources.length, ...before);
    return text;
  }

  /** Adds an item of FROM to the scope; returns what decides on its rows. */
  #addSource(node: Node, scope: PrintScope): string {
    const source = this.#source(node, scope);
    scope.sources.push(source);
    return source.printed.rows;
  }

  #source(node: Node, scope: PrintScope): PrintSource {
    const data = dataOf(node);
    const alias = identifierAt(data, 'alias')?.name ?? null;
    const named = (printed: Printed): PrintSource => {
      const names = [...identifiersAt(data, 'column_aliases'), ...identifiersAt(data, 'alias_columns')];
      return { name: alias, qualifiers: [], printed: renamed(printed, names) };
    };
    const inner = nodeAt(data, 'this');
    switch (kindOf(node)) {
      case 'table':
        return this.#table(data, scope);
      case 'column':
        return this.#table({ name: data.name, schema: data.table }, scope);
      case 'paren':
        return this.#source(inner!, scope);
      case 'alias':
        return named(this.#source(inner!, scope).printed);
      case 'subquery':
        if (['joined_table', 'table'].includes(kindOf(inner!))) return named(this.#source(inner!, scope).printed);
        return named(this.query(node, scope));
      case 'joined_table': {
        const together = new PrintScope(scope.ctes, scope);
        const rows = [this.#addSource(nodeAt(data, 'left')!, together)];
        for (const join of (data.joins as Data[] | undefined) ?? []) rows.push(this.#join(join, together));
        // Without an alias the tables inside keep their names.
        if (alias === null) scope.sources.push(...together.sources.map((one) => ({ ...one, isInner: true })));
        const { columns, rest } = this.#star({}, together);
        return named({ rows: short(...rows), columns, rest });
      }
      default:
        if (isQuery(node)) return named(this.query(node, scope));
        return named(this.#opaque(node, scope));
    }
  }

  #table(data: Data, scope: PrintScope): PrintSource {
    const { name: _, schema: _schema, catalog: _catalog, alias: _alias, column_aliases: _columns, ...others } = data;
    const [name, schema, catalog] = ['name', 'schema', 'catalog'].map((part) => identifierAt(data, part));
    const alias = identifierAt(data, 'alias');
    const isSplit = this.#dialect.name === 'bigquery';
    const parts = [catalog, schema, name].flatMap((part) => (part ? (isSplit ? part.name.split('.') : part.name) : []));
    const field = schema && !catalog && this.#dialect.fields ? scope.source(schema.name) : undefined;
    const cte = schema ? undefined : scope.ctes.get(fold(name?.name ?? ''));
    const known = cte ?? base(this.#tables.find(parts) ?? { key: parts.map(fold).join('.') });
    const printed = field ? opaque(scope.columnOf(field, name!.name)) : known;
    const text = limited(renamed(printed, identifiersAt(data, 'column_aliases')), this.#fields(others, scope));
    return { name: alias?.name ?? parts.at(-1) ?? null, qualifiers: alias ? [] : parts.slice(0, -1), printed: text };
  }

  /** A relation of which nothing is known but its text; whatever its alias. */
  #opaque(node: Node, scope: PrintScope): Printed {
    const [kind, data] = [kindOf(node), { ...dataOf(node), alias: null, with: null }];
    return opaque(isQuery(node) ? `${kind}(${this.#fields(data, scope)})` : this.#node({ [kind]: data }, scope));
  }

  /** Anything of the tree as a text; empty where it says nothing. */
  #print(value: unknown, scope: PrintScope): string {
    if (value === null || value === undefined || value === false) return '';
    if (typeof value !== 'object') return String(value);
    if (Array.isArray(value)) return value.length ? `[${value.map((one) => this.#print(one, scope)).join()}]` : '';
    return isNode(value) ? this.#node(nodeAt({ value }, 'value')!, scope) : `{${this.#fields(value as Data, scope)}}`;
  }

  #fields(data: Data, scope: PrintScope): string {
    const fields = Object.entries(data).flatMap(([field, below]) => {
      const text = SPELLING.has(field) ? '' : this.#print(below, scope);
      return text === '' ? [] : [`${field}:${WORDS.has(field) ? fold(text) : text}`];
    });
    return fields.join();
  }

  #node(node: Node, scope: PrintScope): string {
    const kind = kindOf(node);
    const data = dataOf(node);
    const inner = data.this;
    switch (kind) {
      case 'alias':
      case 'paren':
        return this.#print(inner, scope);
      case 'literal':
        return `${data.literal_type}'${data.value}'`;
      case 'column':
        return scope.column(identifierAt(data, 'name')!.name, identifierAt(data, 'table')?.name);
      case 'dot':
        return (
          scope.path((pathOf(node) ?? []).map(({ name }) => name)) ??
          `${this.#print(inner, scope)}.${this.#print(data.field, scope)}`
        );
      case 'star':
        return whole({ ...this.#star(data, scope), rows: '' });
      case 'and':
      case 'or':
        return `${kind}(${[...new Set(chainOf(node, kind).map((one) => this.#print(one, scope)))].sort().join()})`;
      case 'eq':
      case 'neq':
        return `${kind}(${[data.left, data.right]
          .map((one) => this.#print(one, scope))
          .sort()
          .join()})`;
      case 'lambda': {
        const parameters = identifiersAt(data, 'parameters').map(({ name }) => name);
        return `lambda(${this.#print(data.body, scope.within(parameters))})`;
      }
      case 'comprehension': {
        const { this: body, condition } = data;
        return `for(${this.#print(data.iterator, scope)};${this.#fields({ body, condition }, scope.within(variablesOf(data)))})`;
      }
      case 'window_function': {
        const { window_name, ...over } = (data.over as Data | null) ?? {};
        const name = identifierAt({ window_name }, 'window_name')?.name;
        const window = `${name === undefined ? '' : (scope.window(name) ?? name)}${this.#fields(over, scope)}`;
        return `over(${this.#print(inner, scope)} ${window} ${this.#fields({ ...data, this: null, over: null }, scope)})`;
      }
      case 'table':
      case 'joined_table':
        return whole(this.#source(node, new PrintScope(scope.ctes, scope)).printed);
      case 'pivot':
      case 'unpivot':
      case 'match_recognize': {
        const { this: _, alias: _alias, ...others } = data;
        const source = inner
          ? whole(this.#source(nodeAt(data, 'this')!, new PrintScope(scope.ctes, scope)).printed)
          : '';
        return `${kind}(${source}${this.#fields(others, scope)})`;
      }
      case 'subquery':
        return whole(this.query(node, scope));
      default:
        return isQuery(node) ? whole(this.query(node, scope)) : `${kind}(${this.#fields(data, scope)})`;
    }
  }
}
