import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { hashOf, PyDict, PyError, PySet, type Value } from '../../jinja/index.ts';
import { resolvePlain, resolveTagged, ScalarError } from './scalar.ts';

/** YAML that parses but stands for no value. `start` and `end` are offsets in the source of the events. */
export class ComposeError extends Error {
  readonly start: number;
  readonly end: number;
  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** A key that is in its mapping twice. */
export interface DuplicateKey {
  readonly key: Value;
  readonly at: number;
  readonly length: number;
}

/** Values that the aliases of one file may stand for, all together. */
const MOST_EXPANDED = 1_000_000;
const yamlTag = /^(?:!!|!<tag:yaml\.org,2002:)(\w+)>?$/;
const merge = Symbol('merge');

/** Builds the value of one document from parser events by the rules of PyYAML's safe loader. */
export class Composer {
  readonly duplicates: DuplicateKey[] = [];
  readonly #events: readonly Event[];
  readonly #source: string;
  #next = 0;
  #anchors: Map<string, Value | undefined> | undefined;

  constructor(events: readonly Event[], source: string) {
    this.#events = events;
    this.#source = source;
  }

  /** The value of the only document; null where there is none. */
  /** Values that aliases stand for, so far. */
  #expanded = 0;
  readonly #weights = new Map<object, number>();

  document(): Value {
    if (this.#events.length === 0) return null;
    this.#next = 1;
    const value = this.#events[1]?.type === EVENT_ID.POP ? null : this.#node();
    const after = this.#events[this.#next + 1];
    if (after !== undefined) {
      const first = this.#events[this.#next + 2];
      const start = first === undefined ? this.#source.length : startOf(first);
      throw new ComposeError('a second document begins here; a file may hold only one', start, start);
    }
    return value;
  }

  #node(): Value {
    const event = this.#events[this.#next++]!;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#anchored(event, this.#scalar(event));
      case EVENT_ID.MAPPING:
        return this.#mapping(event);
      case EVENT_ID.SEQUENCE:
        return this.#sequence(event);
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        return null;
    }
  }

  #scalar(event: ScalarEvent): Value {
    const text = this.#text(event);
    try {
      if (event.tagStart !== -1) {
        const tag = this.#source.slice(event.tagStart, event.tagEnd);
        if (tag === '!') return text;
        const value = resolveTagged(text, yamlTag.exec(tag)?.[1] ?? '');
        if (value === undefined) throw new ScalarError(`the tag ${tag} is not known`);
        return value;
      }
      return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(text) : text;
    } catch (error) {
      if (!(error instanceof ScalarError)) throw error;
      throw new ComposeError(error.message, startOf(event), event.valueEnd);
    }
  }

  #text(event: ScalarEvent): string {
    if (event.valueStart === -1) return '';
    if (event.fast && event.style === SCALAR_STYLE.PLAIN) return this.#source.slice(event.valueStart, event.valueEnd);
    const text = getScalarValue(this.#source, event);
    // PyYAML ends a block with a line break only where the file has one.
    const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
    const open = block && event.valueEnd === this.#source.length && !this.#source.endsWith('\n');
    return open && text.endsWith('\n') ? text.slice(0, -1) : text;
  }

  #sequence(event: Event & { type: 2 }): Value {
    const kind = this.#collectionTag(event);
    if (kind !== 'seq') throw new ComposeError(`a list cannot be read as !!${kind}`, event.start, event.start + 1);
    const items: Value[] = [];
    const name = this.#announce(event);
    while (this.#events[this.#next]!.type !== EVENT_ID.POP) items.push(this.#node());
    this.#next += 1;
    if (name !== undefined) this.#anchors!.set(name, items);
    return items;
  }

  #mapping(event: Event & { type: 3 }): Value {
    const kind = this.#collectionTag(event);
    if (kind !== 'map' && kind !== 'set')
      throw new ComposeError(`a mapping cannot be read as !!${kind}`, event.start, event.start + 1);
    const name = this.#announce(event);
    let dict = new PyDict();
    let merged: PyDict | undefined;
    let mergesFirst = false;
    let position = 0;
    for (
      let keyEvent = this.#events[this.#next]!;
      keyEvent.type !== EVENT_ID.POP;
      keyEvent = this.#events[this.#next]!
    ) {
      const key = this.#key(keyEvent);
      if (key === merge) {
        if (position === 0) mergesFirst = true;
        const valueStart = startOf(this.#events[this.#next]!);
        merged ??= new PyDict();
        this.#mergeInto(merged, this.#node(), valueStart);
      } else {
        const size = dict.size();
        const value = this.#node();
        dict.set(key, value);
        if (dict.size() === size && !mergesFirst) this.#duplicate(key, keyEvent);
      }
      position += 1;
    }
    this.#next += 1;
    if (merged !== undefined) {
      // What is merged in comes first, whatever line it stands on; the mapping's own keys win.
      for (const [key, value] of dict.entries()) merged.set(key, value);
      dict = merged;
    }
    const value = kind === 'set' ? new PySet(dict.keys()) : dict;
    if (name !== undefined) this.#anchors!.set(name, value);
    return value;
  }

  #key(event: Event): Value | typeof merge {
    if (event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN && event.tagStart === -1) {
      const text = this.#text(event);
      if (text === '<<' || text === '=') {
        this.#next += 1;
        return text === '<<' ? merge : '=';
      }
    }
    const key = this.#node();
    if (typeof key === 'object' && key !== null) {
      try {
        hashOf(key);
      } catch (error) {
        if (!(error instanceof PyError)) throw error;
        throw this.#unhashable(event);
      }
    }
    return key;
  }

  #unhashable(event: Event): ComposeError {
    const start = startOf(event);
    const last = this.#events[this.#next - 2];
    return new ComposeError(
      'a key of a mapping cannot be a mapping or a list itself',
      start,
      last ? startOf(last) : start,
    );
  }

  #mergeInto(target: PyDict, source: Value, at: number): void {
    if (source instanceof PyDict) {
      for (const [key, value] of source.entries()) target.set(key, value);
    } else if (Array.isArray(source)) {
      // Of several sources the first one wins, so it is merged last.
      for (const item of source.toReversed()) {
        if (!(item instanceof PyDict)) throw new ComposeError('<< can merge mappings only', at, at + 1);
        for (const [key, value] of item.entries()) target.set(key, value);
      }
    } else throw new ComposeError('<< can merge mappings only', at, at + 1);
  }

  #duplicate(key: Value, event: Event): void {
    const at = startOf(event);
    this.duplicates.push({ key, at, length: event.type === EVENT_ID.SCALAR ? event.valueEnd - event.valueStart : 1 });
  }

  #collectionTag(event: Event & { type: 2 | 3 }): string {
    const own = event.type === EVENT_ID.MAPPING ? 'map' : 'seq';
    if (event.tagStart === -1) return own;
    const tag = this.#source.slice(event.tagStart, event.tagEnd);
    if (tag === '!') return own;
    const name = yamlTag.exec(tag)?.[1];
    if (name === undefined) throw new ComposeError(`the tag ${tag} is not known`, event.tagStart, event.tagEnd);
    return name;
  }

  #anchored(event: ScalarEvent, value: Value): Value {
    const name = this.#announce(event);
    if (name !== undefined) this.#anchors!.set(name, value);
    return value;
  }

  /** Notes the anchor of a node, if it has one, as known but not finished. */
  #announce(event: { anchorStart: number; anchorEnd: number }): string | undefined {
    if (event.anchorStart === -1) return undefined;
    const name = this.#source.slice(event.anchorStart, event.anchorEnd);
    this.#anchors ??= new Map();
    if (this.#anchors.has(name)) {
      throw new ComposeError(`the anchor &${name} is defined twice`, event.anchorStart, event.anchorEnd);
    }
    this.#anchors.set(name, undefined);
    return name;
  }

  #alias(event: Event & { type: 5 }): Value {
    const name = this.#source.slice(event.anchorStart, event.anchorEnd);
    const value = this.#anchors?.get(name);
    if (value === undefined) {
      const why = this.#anchors?.has(name)
        ? 'refers to what contains it'
        : 'refers to an anchor that is not defined above';
      throw new ComposeError(`*${name} ${why}`, event.anchorStart, event.anchorEnd);
    }
    this.#expanded += this.#weight(value);
    if (this.#expanded > MOST_EXPANDED) {
      const reason = `its aliases stand for more than ${MOST_EXPANDED} values`;
      throw new ComposeError(reason, event.anchorStart, event.anchorEnd);
    }
    return value;
  }

  /** How many values there are in a value, those of aliases counted each time. */
  #weight(value: Value): number {
    const parts = Array.isArray(value) ? value : value instanceof PyDict ? [...value.entries()].map(([, v]) => v) : [];
    if (parts.length === 0) return 1;
    let weight = this.#weights.get(value as object);
    if (weight === undefined) {
      weight = parts.reduce((sum: number, part) => sum + this.#weight(part), 1);
      this.#weights.set(value as object, weight);
    }
    return weight;
  }
}

/** Where a node begins. */
export function startOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    default:
      return 0;
  }
}
