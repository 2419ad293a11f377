import { hash } from 'node:crypto';
import { PyDict, PyObject, repr, type Value } from '../jinja/index.ts';
import { type ConfigSection, ConfigTree, type Project } from '../project/index.ts';
import type { ParseInput } from './draft.ts';

/** One thing that parsing may ask of its surroundings, such as `env TAG`, `var shop first_day`, `config shop models shop/staging` or `macro macro.shop.cents`. */
type ReadKey = string;

/** Names that differ from command to command. Those that differ every time are taken as they were, as in dbt. */
const WATCHED_NAMES = ['flags', 'invocation_args_dict', 'target'];

/**
 * What parsing asked of its surroundings, by the name of the resource on whose behalf it asked. Models, their properties
 * and their tests go by one name, so that whatever changes for one is parsed again for all. The name '' stands for
 * the project as a whole.
 */
export class Reads {
  readonly byName = new Map<string, Set<ReadKey>>();
  #name = '';
  #isSilent = false;

  /** Does some work on behalf of a resource. */
  for<Result>(name: string, work: () => Result): Result {
    const outer = this.#name;
    this.#name = name;
    try {
      return work();
    } finally {
      this.#name = outer;
    }
  }

  /** Does some work that asks on nobody's behalf: whoever uses what comes of it asks again. */
  silently<Result>(work: () => Result): Result {
    this.#isSilent = true;
    try {
      return work();
    } finally {
      this.#isSilent = false;
    }
  }

  /** Ends the watch: what is asked from now on is asked by a run. */
  close(): void {
    this.#isSilent = true;
  }

  /** Notes that something was asked. */
  note(key: ReadKey): void {
    if (this.#isSilent) return;
    const keys = this.byName.get(this.#name);
    if (keys) keys.add(key);
    else this.byName.set(this.#name, new Set([key]));
  }
}

/** The input with everything under watch that may be another at the next parse, but for files and macros. */
export function watched(input: ParseInput, reads: Reads): ParseInput {
  const env = new Proxy(input.env, {
    get: (target, name) => {
      if (typeof name === 'string') reads.note(`env ${name}`);
      return Reflect.get(target, name) as string | undefined;
    },
  });
  const base = new Map(input.base);
  for (const name of WATCHED_NAMES) {
    const value = base.get(name);
    if (value instanceof PyDict) base.set(name, new WatchedDict(value, (key) => reads.note(`name ${name}.${key}`)));
  }
  const findVar: ParseInput['findVar'] = (pkg, name) => {
    reads.note(`var ${pkg} ${name}`);
    return input.findVar(pkg, name);
  };
  return { ...input, env, base, findVar };
}

/** A dict that tells which of its entries are read; no entry's name stands for all of them. */
class WatchedDict extends PyDict {
  readonly #onRead: (key: string) => void;
  constructor(entries: PyDict, onRead: (key: string) => void) {
    super(entries.entries());
    this.#onRead = onRead;
  }
  override get(key: Value): Value | undefined {
    this.#onRead(String(key));
    return super.get(key);
  }
  override has(key: Value): boolean {
    this.#onRead(String(key));
    return super.has(key);
  }
  override *keys(): IterableIterator<Value> {
    this.#onRead('');
    yield* super.keys();
  }
  override values(): IterableIterator<Value> {
    this.#onRead('');
    return super.values();
  }
  override *entries(): IterableIterator<[Value, Value]> {
    this.#onRead('');
    yield* super.entries();
  }
  override *iterate(): Iterable<Value> {
    this.#onRead('');
    yield* super.iterate();
  }
}

/**
 * Digest of what something that was asked comes to now: it may be private. Null where there is nothing, and for macros
 * and doc blocks, which are compared as such.
 */
export function readDigest(input: ParseInput, key: ReadKey): string | null {
  const [kind = '', first = '', ...rest] = key.split(' ');
  switch (kind) {
    case 'env':
      return digestOf(input.env[key.slice(4)]);
    case 'var':
      return digestOf(plainText(input.findVar(first, rest.join(' ')) ?? null));
    case 'name': {
      const dot = key.indexOf('.');
      const value = input.base.get(key.slice(5, dot));
      const item = key.slice(dot + 1);
      return digestOf(plainText((item !== '' && value instanceof PyDict ? value.get(item) : value) ?? null));
    }
    case 'config': {
      const project = input.packages.find((pkg) => pkg.project.name === first)?.project;
      const [section = '', ...path] = rest;
      return digestOf(project && configText(project, section as ConfigSection, path.join(' ').split('/')));
    }
    default:
      return null;
  }
}

/** What a project's dbt_project.yml says at one level, and which levels there are below it. */
function configText({ configs, unrenderedConfigs }: Project, section: ConfigSection, path: readonly string[]): string {
  const trees = [new ConfigTree(configs[section]), new ConfigTree(unrenderedConfigs[section])];
  return plainText(trees.map((tree) => [tree.levels(path), tree.below(path)]));
}

const digestOf = (text: string | undefined): string | null => (text === undefined ? null : hash('sha256', text));

/** Values of Jinja and plain ones as one text, for digests. */
export function plainText(value: unknown): string {
  return JSON.stringify({ value }, function (this: Readonly<Record<string, unknown>>, key, item: unknown) {
    const given = this[key];
    if (given instanceof PyObject) return repr(given as Value);
    return typeof item === 'bigint' ? String(item) : item;
  });
}
