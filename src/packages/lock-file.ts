import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { PyDict } from '../jinja/index.ts';
import { type DeclaredPackages, type RenderText, readYamlFile, renderTree } from '../project/index.ts';
import { invalidLock } from './diagnostics.ts';
import type { LockEntry } from './resolve.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** The file that says which versions are installed. */
export const lockFileName = 'package-lock.yml';

/** A lock file as read. */
export interface Lock {
  /** Of the packages it was made from; undefined where the file does not say. */
  readonly hash: string | undefined;
  /** Entries, in the shape of a packages file. */
  readonly declared: DeclaredPackages;
  /** The sha256 of archives by what they are: `owner/name@1.2.3`, or an address as written. */
  readonly sums: ReadonlyMap<string, string>;
  readonly text: string;
}

const sum = /^# sha256 ([0-9a-f]{64}) (.+)$/gm;

/** Reads the lock file of a project, dbt's or ours. Undefined where there is none. Throws a DiagnosticError. */
export function readLock(root: string, render: RenderText): Lock | undefined {
  const path = join(root, lockFileName);
  if (!existsSync(path)) return undefined;
  const { text, value } = readYamlFile(path, lockFileName);
  const fail = (reason: string): never => {
    throw new DiagnosticError(invalidLock({ file: lockFileName, reason }));
  };
  if (value === null) return { hash: undefined, declared: declaredBy([], []), sums: new Map(), text };
  if (!(value instanceof PyDict)) return fail('it is no mapping');
  const written = value.get('packages') ?? [];
  const { value: rendered, problems } = renderTree(written, render, { file: lockFileName, text, path: ['packages'] });
  if (problems.length > 0) throw new DiagnosticError(...problems);
  const entries = (list: unknown): readonly PyDict[] =>
    Array.isArray(list) && list.every((entry) => entry instanceof PyDict)
      ? list
      : fail('packages: is no list of mappings');
  const hash = value.get('sha1_hash');
  return {
    hash: typeof hash === 'string' ? hash : undefined,
    declared: declaredBy(entries(rendered), entries(written)),
    sums: new Map(Array.from(text.matchAll(sum), ([, sha256, what]) => [what!, sha256!])),
    text,
  };
}

const declaredBy = (packages: readonly PyDict[], unrendered: readonly PyDict[]): DeclaredPackages => ({
  file: lockFileName,
  packages,
  unrendered,
});

/** A lock file as dbt writes it. */
export function lockText(entries: readonly LockEntry[], hash: string): string {
  const lines = entries.flatMap((entry) =>
    Object.keys(entry)
      .sort()
      .map((key, i) => `  ${i === 0 ? '- ' : '  '}${key}: ${yamlScalar(entry[key]!, 6 + key.length, 6)}`),
  );
  return `packages:${lines.length === 0 ? ' []' : ''}\n${lines.map((line) => `${line}\n`).join('')}sha1_hash: ${yamlScalar(hash, 11, 2)}\n`;
}

/** The lock file with other sums. They are comments: dbt refuses keys that it does not know. */
export function withSums(text: string, sums: ReadonlyMap<string, string>): string {
  const body = text.replace(/^# sha256 .*\n?/gm, '');
  return (
    body +
    [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, sha256]) => `# sha256 ${sha256} ${what}\n`)
      .join('')
  );
}

/** Writes the lock file in one step, where it changes at all. */
export function writeLock(root: string, text: string): void {
  const path = join(root, lockFileName);
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, text);
  renameSync(fresh, path);
}
