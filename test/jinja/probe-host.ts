import {
  type Block,
  compileMacro,
  extractBlocks,
  fromJson,
  iterate,
  type Kwargs,
  makeModules,
  PyDict,
  PyError,
  PyFunction,
  PyObject,
  PySet,
  PyTuple,
  type Runtime,
  returnFunction,
  type Scope,
  str,
  toJson,
  type Value,
} from '../../src/jinja/index.ts';

/** Rows as a warehouse gives them: by position and by name. */
class Row extends PyObject {
  readonly typeName = 'Row';
  readonly #columns: readonly string[];
  readonly #cells: readonly Value[];
  constructor(columns: readonly string[], cells: readonly Value[]) {
    super();
    this.#columns = columns;
    this.#cells = cells;
  }
  override getItem(key: Value): Value | undefined {
    return this.#cells[typeof key === 'string' ? this.#columns.indexOf(key) : Number(key)];
  }
}

/** An object with fixed attributes. */
class Thing extends PyObject {
  readonly typeName = 'Thing';
  readonly #attributes: Readonly<Record<string, Value>>;
  readonly #text: string;
  constructor(attributes: Readonly<Record<string, Value>>, text = '<Thing>') {
    super();
    this.#attributes = attributes;
    this.#text = text;
  }
  override getAttr(name: string): Value | undefined {
    return Object.hasOwn(this.#attributes, name) ? this.#attributes[name] : undefined;
  }
  override truthy(): boolean {
    return true;
  }
  override str(): string {
    return this.#text;
  }
}

/** Makes the functions of the host: plain ones, or such that wait before they answer. */
type Define = (name: string, body: (args: Value[], kwargs: Kwargs, runtime: Runtime) => Value) => PyFunction;

export const definePlain: Define = (name, body) => new PyFunction(name, body);
export const defineWaiting: Define = (name, body) =>
  new PyFunction(name, undefined, function* (args, kwargs, runtime) {
    yield () => new Promise<Value>((resolve) => setImmediate(resolve, null));
    return body(args, kwargs, runtime);
  });

function relation(define: Define, path: readonly (string | null)[]): Value {
  const text = path.flatMap((part) => (part === null ? [] : [`"${part}"`])).join('.');
  const include = define('include', (_args, kwargs) =>
    relation(
      define,
      ['database', 'schema', 'identifier'].map((key, i) => (kwargs?.get(key) === false ? null : path[i]!)),
    ),
  );
  return new Thing({ identifier: path[2]!, include }, text);
}

/** The names that the probes use, and macros of a package `pkg`. */
export function probeScope(macros: Readonly<Record<string, string>>, define: Define): Scope {
  const names = new Map<string, Value>();
  const scope: Scope = { lookup: (name) => names.get(name) };
  const add = (name: string, body: (args: Value[], kwargs: Kwargs, runtime: Runtime) => Value) =>
    names.set(name, define(name, body));

  const bound = new Map<string, Value>();
  for (const source of Object.values(macros)) {
    const block = extractBlocks(source, 'm.sql')[0] as Block;
    bound.set(block.name, compileMacro(block, source, 'm.sql').bind(scope, `pkg.${block.name}`));
  }
  for (const [name, macro] of bound) names.set(name, macro);
  names.set('pkg', new Thing(Object.fromEntries(bound)));

  add('cat', (args) => args.map(str).join(''));
  add('kw', (_args, kwargs) => [...(kwargs ?? [])].map(([name, value]) => new PyTuple([name, value])));
  names.set('rows', [new PyTuple([1, 2]), new PyTuple([3, 4])]);
  names.set('l', [1, 2]);
  names.set('l2', [2, 1]);
  names.set('execute', true);
  names.set('return', returnFunction);
  names.set('modules', makeModules());
  names.set('rel', relation(define, ['db', 'sc', 't']));
  add('zip', (args) => {
    const columns = args.map((column) => [...iterate(column)]);
    return columns[0]!.map((_, i) => new PyTuple(columns.map((column) => column[i]!)));
  });
  add('set', ([items]) => new PySet(iterate(items!)));
  add('tojson', ([value]) => toJson(value!));
  add('fromjson', ([text]) => fromJson(str(text!)));
  add('config', () => '');
  add('log', () => '');
  add('var', ([, fallback]) => fallback ?? null);
  names.set(
    'exceptions',
    new Thing({
      raise_compiler_error: define('raise_compiler_error', ([message]) => {
        throw new PyError('Exception', str(message!));
      }),
    }),
  );
  names.set(
    'adapter',
    new Thing({
      dispatch: define('dispatch', ([name]) => bound.get(`default__${str(name!)}`) ?? bound.get(str(name!))!),
    }),
  );
  add('run_query', () => {
    const columns = ['a', 'b'];
    const rows = [new Row(columns, [1, 'x']), new Row(columns, [2, 'y'])];
    const column = (i: number) =>
      new Thing({ values: define('values', () => new PyTuple(rows.map((row) => row.getItem(i)!))) });
    return new Thing({ rows, columns: [column(0), column(1)] });
  });
  // A macro of the host's is called with the block as `caller`, and decides itself when to run it.
  names.set(
    'statement',
    new PyFunction(
      'statement',
      ([name], kwargs, runtime) =>
        `<${name} ${str(kwargs!.get('fetch_result')!)} ${str(runtime.call(kwargs!.get('caller')!, [], null))}>`,
      function* ([name], kwargs, runtime) {
        const sql = yield* runtime.callWaiting(kwargs!.get('caller')!, [], null);
        return `<${name} ${str(kwargs!.get('fetch_result')!)} ${str(sql)}>`;
      },
    ),
  );
  names.set('namespaceless', new PyDict());
  return scope;
}
