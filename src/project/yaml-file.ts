import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../core/index.ts';
import { PyDict, type Value } from '../jinja/index.ts';
import { unreadableFile } from './diagnostics.ts';
import { loadYaml } from './yaml/index.ts';

/** A YAML file as read. */
export interface YamlFile {
  /** Path as shown. */
  readonly file: string;
  readonly text: string;
  readonly value: Value;
  readonly warnings: readonly Diagnostic[];
}

/** Reads a text file that must be UTF-8. Throws a DiagnosticError. */
export function readText(path: string, shown: string): string {
  const unreadable = (reason: string): DiagnosticError => new DiagnosticError(unreadableFile({ file: shown, reason }));
  let bytes: Buffer;
  try {
    // Reading a pipe or a device may never end.
    if (!statSync(path).isFile()) throw unreadable('it is no file');
    bytes = readFileSync(path);
  } catch (error) {
    throw error instanceof DiagnosticError ? error : unreadable((error as Error).message);
  }
  const text = bytes.toString('utf8');
  // The check costs as much as reading, and only text with this character can be wrong.
  if (text.includes('\ufffd') && !isUtf8(bytes)) {
    throw unreadable('it is not encoded in UTF-8');
  }
  return text;
}

/** Reads one of the YAML files of a project's root, whose faults dbt calls runtime errors. Throws a DiagnosticError. */
export function readYamlFile(path: string, shown: string, options: { readonly strip?: boolean } = {}): YamlFile {
  const text = readText(path, shown);
  const loaded = loadYaml(text, shown, options);
  if (loaded.problem) throw new DiagnosticError({ ...loaded.problem, category: 'Runtime' });
  return { file: shown, text, value: loaded.value, warnings: loaded.warnings };
}

/** The same for a file that need not be there, and that counts as empty where it holds no mapping. */
export function readOptionalMapping(folder: string, name: string): { readonly text: string; readonly value: PyDict } {
  const path = join(folder, name);
  if (!existsSync(path)) return { text: '', value: new PyDict() };
  const { text, value } = readYamlFile(path, name);
  return { text, value: value instanceof PyDict ? value : new PyDict() };
}
