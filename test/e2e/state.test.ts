import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, TemporaryProject } from './temporary-project.ts';

/** A change of the project or of its surroundings, and what dbt 1.12 says is modified then. */
interface Edit {
  readonly name: string;
  readonly files?: Readonly<Record<string, string | null>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly dbt: readonly string[];
}

const fixtures = path.join(root, 'test', 'fixtures', 'state');
const recorded = JSON.parse(readFileSync(path.join(fixtures, 'edits.json'), 'utf8')) as {
  readonly files: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
};
const dbtManifest = readFileSync(path.join(fixtures, 'dbt-manifest.json'), 'utf8');

/** Where we differ from dbt, and why that is right. */
const differences: Readonly<Record<string, { readonly ours: readonly string[]; readonly why: string }>> = {};

function edited({ files = {} }: Edit): TemporaryProject {
  const kept = { ...recorded.files, ...files };
  const project = new TemporaryProject(
    Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, string] => entry[1] !== null)),
  );
  project.write('by-dbt/manifest.json', dbtManifest);
  return project;
}

const listed = (project: TemporaryProject, { args = [], env = {} }: Edit, state: string): string[] =>
  project
    .ok(['-q', 'ls', '-s', 'state:modified', '--state', state, ...args], env)
    .split('\n')
    .filter((line) => line !== '')
    .sort();

describe('state:modified', () => {
  const base = edited({ name: '', dbt: [] });

  it.each(recorded.edits.map((edit) => [edit.name, edit] as const))('sees what dbt sees: %s', (name, edit) => {
    const expected = differences[name]?.ours ?? edit.dbt;
    const project = edited(edit);
    expect(listed(project, edit, 'by-dbt')).toEqual(expected);
    project.write('by-us/manifest.json', ourManifest());
    expect(listed(project, edit, 'by-us')).toEqual(expected);
  });

  let manifest: string | undefined;
  /** The manifest of the project before the edit, as xform writes it. */
  function ourManifest(): string {
    if (manifest === undefined) {
      base.ok(['-q', 'parse']);
      manifest = base.read('target/manifest.json');
    }
    return manifest;
  }
});
