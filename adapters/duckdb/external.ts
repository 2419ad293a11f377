import { posix } from 'node:path';
import type { SourceFacts } from '../../src/adapter/index.ts';
import { DiagnosticError } from '../../src/core/index.ts';
import { pluginSource, unknownFormatter, unknownPlaceholder } from './diagnostics.ts';

/** Where a source is read from, if not by its name: its `external_location`, filled in; undefined where it has none. */
export function externalLocation(source: SourceFacts): string | undefined {
  const facts: Readonly<Record<string, unknown>> = { ...source.meta, ...source.config };
  const label = `${source.sourceName}.${source.name}`;
  if (facts.plugin !== undefined && facts.plugin !== null)
    throw new DiagnosticError(pluginSource({ source: label, plugin: String(facts.plugin) }));
  const template = facts.external_location;
  if (typeof template !== 'string') return undefined;

  const { name, identifier, schema, database, tags } = source;
  const values: Readonly<Record<string, unknown>> = { name, identifier, schema, database, tags, ...facts };
  const value = (key: string): string => {
    if (key in values) return String(values[key]);
    throw new DiagnosticError(
      unknownPlaceholder({
        source: label,
        template,
        name: key,
        known: ['name', 'identifier', 'schema', 'database', ...Object.keys(facts)],
      }),
    );
  };
  const location = fill(template, String(facts.formatter ?? 'newstyle'), value, label);
  // A call such as read_csv(…), or text that is quoted already, stands as it is.
  return location.includes('(') || location.startsWith("'") ? location : `'${location}'`;
}

/** Fills a template in the way of one of Python's three formatters. */
function fill(template: string, formatter: string, value: (name: string) => string, source: string): string {
  switch (formatter) {
    case 'newstyle':
      return template.replace(/\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}/g, (all, name?: string) =>
        name === undefined ? all[0]! : value(name),
      );
    case 'oldstyle':
      return template.replace(/%%|%\((\w+)\)[sdr]/g, (_, name?: string) => (name === undefined ? '%' : value(name)));
    case 'template':
      return template.replace(/\$\$|\$(\w+)|\$\{(\w+)\}/g, (_, bare?: string, braced?: string) => {
        const name = bare ?? braced;
        return name === undefined ? '$' : value(name);
      });
    default:
      throw new DiagnosticError(unknownFormatter({ source, formatter }));
  }
}

type Options = Readonly<Record<string, unknown>>;
const quotedOptions = new Set(['delimiter', 'quote', 'escape', 'null']);
const compressions: Readonly<Record<string, string>> = { '.gz': 'gzip', '.zst': 'zstd' };

/** The options of COPY … TO, with the format told from the file's name where it is not given. */
function completed(location: string, given: Options): Record<string, unknown> {
  const options: Record<string, unknown> = { ...given };
  if (options.format === undefined) {
    const outer = posix.extname(location);
    const compression = compressions[outer.toLowerCase()];
    const extension = (compression ? posix.extname(location.slice(0, -outer.length)) : outer).toLowerCase();
    if (extension) {
      options.format = extension.slice(1);
      // DuckDB tells the compression from a lower-case ending only.
      if (compression) options.compression ??= compression;
    } else options.format = 'delimiter' in options ? 'csv' : 'parquet';
  }
  if (options.format === 'csv') options.header ??= 1;
  const partition = options.partition_by;
  if (typeof partition === 'string' && partition.includes(',') && !partition.startsWith('('))
    options.partition_by = `(${partition})`;
  return options;
}

/** What goes between the brackets of COPY … TO … ( ). */
export function writeOptions(location: string, given: Options): string {
  return Object.entries(completed(location, given))
    .map(([key, value]) => {
      const text = value === true ? 'True' : value === false ? 'False' : String(value);
      return quotedOptions.has(key.toLowerCase()) && !text.startsWith("'") ? `${key} '${text}'` : `${key} ${text}`;
    })
    .join(', ');
}

/** The glob that reads back what was written: a folder of files where it is partitioned or written by many threads. */
export function readLocation(location: string, given: Options): string {
  const { format = 'parquet', partition_by: partition, per_thread_output: perThread } = completed(location, given);
  if (!partition && !perThread) return location;
  const levels = partition ? String(partition).split(',').length : 0;
  return `${[location, '*', ...Array<string>(levels).fill('*')].join('/')}.${String(format)}`;
}
