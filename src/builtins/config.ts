import { DiagnosticError } from '../core/index.ts';
import { fromPlain, PyDict, PyFunction, type Runtime, type Value } from '../jinja/index.ts';
import { conflictingKeys, missingConfig } from './diagnostics.ts';
import { constantFunction, plainFunction, signature } from './signature.ts';

/** The mapping that a `config(…)` call hands over: its named arguments, or one dict. */
function given(args: readonly Value[], kwargs: ReadonlyMap<string, Value> | null): PyDict {
  if (kwargs?.size) return new PyDict(kwargs);
  const [first] = args;
  return first instanceof PyDict ? first : new PyDict();
}

/** Two spellings of one setting: as an argument it cannot have a hyphen. */
const SPELLINGS = [
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
] as const;

/** `config` while parsing: records what is set; reading answers nothing, as nothing is known yet. */
export class ParseConfig extends PyFunction {
  readonly #record: (settings: PyDict, runtime: Runtime) => void;
  constructor(record: (settings: PyDict, runtime: Runtime) => void) {
    super('config', (args, kwargs, runtime) => {
      const settings = given(args, kwargs);
      for (const [key, other] of SPELLINGS) {
        if (settings.has(key) && settings.has(other)) throw new DiagnosticError(conflictingKeys({ key, other }));
      }
      record(settings, runtime);
      return '';
    });
    this.#record = record;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'get':
      case 'require':
      case 'meta_get':
      case 'meta_require':
        return constantFunction(name, () => '');
      case 'set':
        return plainFunction('set', ['name', 'value'], ([key, value], runtime) => {
          this.#record(new PyDict([[key!, value!]]), runtime);
          return '';
        });
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return constantFunction(name, () => false);
      default:
        return undefined;
    }
  }
}

/** What `config` at run reads. */
export interface ConfigHost {
  readonly node: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const getBinder = signature('config.get', ['name', 'default?', 'validator?']);
const requireBinder = signature('config.require', ['name', 'validator?']);

/** `config` at run: setting is over, `get` and `require` answer from the node's final configuration. */
export class RunConfig extends PyFunction {
  readonly #host: ConfigHost;
  constructor(host: ConfigHost) {
    super('config', () => '');
    this.#host = host;
  }

  #value(name: string, from: unknown = this.#host.config): Value | undefined {
    if (typeof from !== 'object' || from === null || !Object.hasOwn(from, name)) return undefined;
    return fromPlain((from as Record<string, unknown>)[name]);
  }

  #persistDocs(part: 'relation' | 'columns'): Value {
    const docs = this.#host.config.persist_docs as Record<string, unknown> | undefined;
    return docs?.[part] === true;
  }

  #get(from: () => unknown): PyFunction {
    return new PyFunction('get', (args, kwargs, runtime) => {
      const [name, fallback, validator] = getBinder(args, kwargs);
      const value = this.#value(String(name), from()) ?? fallback ?? null;
      if (validator !== undefined && validator !== null && value !== fallback) runtime.call(validator, [value], null);
      return value;
    });
  }

  #require(from: () => unknown): PyFunction {
    return new PyFunction('require', (args, kwargs, runtime) => {
      const [name, validator] = requireBinder(args, kwargs);
      const value = this.#value(String(name), from());
      if (value === undefined || value === null) {
        throw new DiagnosticError(missingConfig({ node: this.#host.node, name: String(name) }, { at: runtime.here() }));
      }
      if (validator !== undefined && validator !== null) runtime.call(validator, [value], null);
      return value;
    });
  }

  override getAttr(name: string): Value | undefined {
    const host = this.#host;
    switch (name) {
      case 'get':
        return this.#get(() => host.config);
      case 'require':
        return this.#require(() => host.config);
      case 'meta_get':
        return this.#get(() => host.config.meta);
      case 'meta_require':
        return this.#require(() => host.config.meta);
      case 'set':
        return plainFunction('set', ['name', 'value'], () => '');
      case 'persist_relation_docs':
        return constantFunction(name, () => this.#persistDocs('relation'));
      case 'persist_column_docs':
        return constantFunction(name, () => this.#persistDocs('columns'));
      default:
        return this.#value(name);
    }
  }
}
