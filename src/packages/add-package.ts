import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { type PyDict, toPlain } from '../jinja/index.ts';
import { type DeclaredPackages, locate } from '../project/index.ts';
import { addWithoutVersion, invalidPackage } from './diagnostics.ts';
import { duplicateRemoved, packageAdded } from './events.ts';
import type { Said } from './package-host.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** Where `--add-package` finds a package. */
export type AddSource = 'hub' | 'git' | 'local';

/** A package to add. */
export interface Addition {
  readonly name: string;
  /** Empty where none is given. */
  readonly version: string;
  readonly source: AddSource;
}

/** Reads `NAME@VERSION`. Throws a DiagnosticError where the source needs a version and there is none. */
export function readAddition(text: string, source: AddSource): Addition {
  const at = text.lastIndexOf('@');
  const after = text.slice(at + 1);
  // The @ of git@host:owner/name and of user@host belongs to the address.
  const hasVersion = at > 0 && !(source === 'git' && /[:/]/.test(after));
  const name = hasVersion ? text.slice(0, at) : text;
  const version = hasVersion ? after : '';
  if (version === '' && source !== 'local') throw new DiagnosticError(addWithoutVersion({ name, source }));
  return { name, version, source };
}

/** Adds an entry to the packages file of a project, in place of older entries for the same package. Says what it did. */
export function addPackage(root: string, declared: DeclaredPackages, addition: Addition): readonly Said[] {
  const { file } = declared;
  const path = join(root, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const twins = declared.unrendered.flatMap((entry, index) => (isTwin(entry, addition.name) ? [index] : []));
  writeFileSync(path, edited(text, file, declared.unrendered.length, twins, entryLines(addition)));
  return [
    ...twins.map((index) => duplicateRemoved(toPlain(declared.unrendered[index]!) as Record<string, unknown>, file)),
    packageAdded(addition.name, addition.version, path),
  ];
}

function entryLines({ name, version, source }: Addition): readonly string[] {
  const lines = [`${source === 'hub' ? 'package' : source}: ${yamlScalar(name, 0, 0)}`];
  if (version === '') return lines;
  const key = source === 'git' ? 'revision' : 'version';
  const parts = version.split(',').map((part) => part.trim());
  // As a list, the form that every dbt reads.
  const value = parts.length === 1 ? yamlScalar(parts[0]!, 0, 0) : `[${parts.map((part) => `"${part}"`).join(', ')}]`;
  return [...lines, `${key}: ${value}`];
}

/** Whether an entry is for the package of that name: on the hub with _, in an address mostly with -. */
function isTwin(entry: PyDict, name: string): boolean {
  const identifier = ['package', 'git', 'local', 'tarball', 'private']
    .map((key) => entry.get(key))
    .find((value) => typeof value === 'string');
  if (typeof identifier !== 'string') return false;
  const normal = (text: string): string => text.replaceAll('-', '_').replace(/\.git$/, '');
  const short = normal(name).split('/').at(-1)!;
  return normal(identifier).split(/[/.]/).includes(short);
}

/** The text with some entries of packages: taken out and one put behind the last. Comments stay. */
function edited(
  text: string,
  file: string,
  count: number,
  removed: readonly number[],
  added: readonly string[],
): string {
  const block = (indent: string): string =>
    added.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}\n`).join('');
  const closed = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  if (count === 0) {
    const empty = /^packages[ \t]*:[ \t]*(?:\[\s*\]|null|~)?[ \t]*(#.*)?$/m;
    return empty.test(closed)
      ? closed.replace(
          empty,
          (_, comment?: string) => `packages:${comment ? ` ${comment}` : ''}\n${block('  ').trimEnd()}`,
        )
      : `${closed}packages:\n${block('  ')}`;
  }
  const lines = closed.split('\n');
  const lineOf = (offset: number): number => closed.slice(0, offset).split('\n').length - 1;
  const places = Array.from({ length: count }, (_, index) => {
    const { start, end } = locate(closed, file, ['packages', index]);
    return { first: lineOf(start), last: lineOf(Math.max(start, end - 1)) };
  });
  const dashes = places.map(({ first }) => /^([ \t]*)-\s/.exec(lines[first]!));
  const isBlock =
    dashes.every((dash) => dash !== null) && places.every(({ first }, i) => i === 0 || first > places[i - 1]!.last);
  if (!isBlock) {
    const reason = 'packages: is written in one line, and can only be changed by hand';
    throw new DiagnosticError(
      invalidPackage({ file, reason, hint: "write each package on lines of its own, beginning with '- '" }),
    );
  }
  const indent = dashes[0]![1]!;
  const result: string[] = [];
  const dropped = new Set(
    removed.flatMap((i) =>
      Array.from({ length: places[i]!.last - places[i]!.first + 1 }, (_, k) => places[i]!.first + k),
    ),
  );
  const end = places.at(-1)!.last;
  for (const [i, line] of lines.entries()) {
    if (!dropped.has(i)) result.push(line);
    if (i === end)
      result.push(
        ...block(indent)
          .trimEnd()
          .split('\n')
          .map((one, k) => (k === 0 ? indent + one.trimStart() : one)),
      );
  }
  return result.join('\n');
}
