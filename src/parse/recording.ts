import type { NodeVersion, RefArgs } from '../artifacts/index.ts';
import type { RefArguments, SourceArguments } from '../builtins/index.ts';
import type { Span } from '../core/index.ts';
import { PyDict, toPlain, type Value } from '../jinja/index.ts';

/** One name that a template asked for, and where. */
export interface Asked<Arguments> {
  readonly wanted: Arguments;
  readonly at: Span;
}

/** What rendering a template while parsing brought to light. */
export class Recording {
  readonly refs: Asked<RefArguments>[] = [];
  readonly sources: Asked<SourceArguments>[] = [];
  readonly metrics: Asked<readonly string[]>[] = [];
  readonly functions: Asked<readonly string[]>[] = [];
  /** Macros called directly from the template, by unique id. */
  readonly macros = new Set<string>();
  /** All `config(…)` calls together, later ones over earlier. */
  readonly config = new PyDict();
  /** Settings that several calls add up to, such as tags and hooks, are kept apart. */
  readonly configCalls: PyDict[] = [];
  readonly vars = new Set<string>();
  readonly envVars = new Map<string, string | null>();
  /** Calls of names that nothing defines, as they are written. */
  readonly undefinedCalls: Asked<string>[] = [];

  addConfig(settings: PyDict): void {
    // What cannot be kept, such as a list within itself, is refused while it is known where it was given.
    toPlain(settings);
    this.configCalls.push(settings);
    for (const [key, value] of settings.entries()) this.config.set(key, value);
  }

  setting(name: string): Value | undefined {
    return this.config.get(name);
  }

  /** Whether it asked for anything that is another node. */
  get dependsOnNodes(): boolean {
    return this.refs.length + this.sources.length + this.metrics.length > 0;
  }

  /** The `refs` of a node, in the order asked. */
  refArgs(): RefArgs[] {
    return this.refs.map(({ wanted }) => ({
      name: wanted.name,
      package: wanted.package ?? null,
      version: (wanted.version as NodeVersion | undefined) ?? null,
    }));
  }

  sourceArgs(): string[][] {
    const tables = new Map(
      this.sources.map(({ wanted }) => [`${wanted.source}.${wanted.table}`, [wanted.source, wanted.table]]),
    );
    return [...tables.values()];
  }

  metricArgs(): (readonly string[])[] {
    return this.metrics.map(({ wanted }) => wanted);
  }

  functionArgs(): (readonly string[])[] {
    return this.functions.map(({ wanted }) => wanted);
  }
}
