import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, withBodies, writeArtifact } from '../artifacts/index.ts';
import type { Diagnostic } from '../core/index.ts';
import type { Template } from '../jinja/index.ts';
import type { ParseInput } from './draft.ts';
import { changesDigest, changesSince, fingerprintOf, isUnchanged, type ProjectKey } from './fingerprint.ts';
import { type Parse, type Parsed, parseProject } from './parse-project.ts';
import { reparse } from './partial-parse.ts';
import type { KeptEntry } from './patches.ts';
import { restored } from './restored-project.ts';
import { type DataPath, restoreFloats, wholeFloats } from './whole-floats.ts';

/** Where a parsed project is kept, and what it depends on besides its files. */
export interface Keeping {
  /** The folder for artifacts. Data only is kept there: a project from elsewhere must not bring code along. */
  readonly folder: string;
  /** Settings of the command line that parsing depends on. */
  readonly settings: unknown;
  /** False where the command must leave no trace: a project kept earlier is taken up, a new one is not kept. */
  readonly write: boolean;
}

/** Where a template stands: its file, and the stretch of it; without one, the node's `raw_code` is all of it. */
export type TemplatePlace = readonly [file: string, start?: number, end?: number];

/** A parsed project as it is kept beside its key. */
export interface KeptProject extends Omit<Manifest, 'metadata'> {
  readonly id: string;
  readonly problems: readonly Diagnostic[];
  readonly templates: Readonly<Record<string, TemplatePlace>>;
  /** The entries of properties files, by `nameOf` the file. */
  readonly entries: Readonly<Record<string, readonly KeptEntry[]>>;
  /** What was asked for resources: the lists there are, and the number of its list by name. */
  readonly reads: { readonly lists: readonly (readonly string[])[]; readonly names: Readonly<Record<string, number>> };
  /** Names of resources, and of properties files, that something was wrong with. */
  readonly troubled: readonly string[];
  /** Where in all this the floats are that JSON takes for whole numbers. */
  readonly floats: readonly DataPath[];
}

const keyFile = (folder: string): string => join(folder, 'partial_parse_key.json');
const bodyFile = (folder: string): string => join(folder, 'partial_parse.json');

/**
 * Parses a project, or as much of it as what has changed since it was last parsed can reach; where nothing has changed,
 * takes up what came of it then. In every case the result is the same.
 */
export function parseOrRestore(input: ParseInput, keeping: Keeping): Parsed {
  // Before anything is read: what changes while it is parsed must not pass for parsed.
  for (const pkg of input.packages) for (const file of pkg.files) file.stats;
  const earlier = load(keeping.folder);
  const changes = earlier && changesSince(earlier.key, input, keeping.settings);
  const kept = changes && earlier.body();
  if (kept && isUnchanged(changes)) return restored(input, kept);
  const partial = kept && reparse(input, kept, changes);
  // While a handful of files is being worked on, what is kept stays as it is, and they are compared with that. Once they
  // have been parsed a second time as they are, to keep what came of it is worth the while.
  if (partial?.isSmall && (!keeping.write || !isSecond(keeping.folder, changesDigest(input, changes!)))) return partial;
  const parse = partial ?? parseProject(input);
  if (keeping.write && parse.problems.every((problem) => problem.severity !== 'error')) {
    keep(input, keeping, parse, partial?.unchanged);
  }
  return parse;
}

/** Whether the last parse found the same changes; these are written down for the next. */
function isSecond(folder: string, changes: string): boolean {
  const file = join(folder, 'partial_parse_changes');
  try {
    if (readFileSync(file, 'utf8') === changes) return true;
  } catch {
    // There was no last parse.
  }
  try {
    writeFileSync(file, changes);
  } catch {
    // Then the next one does not know of this one.
  }
  return false;
}

/** The kept project of a folder: its key, and the rest where it belongs to that key. */
function load(folder: string): { key: ProjectKey; body: () => KeptProject | undefined } | undefined {
  try {
    const key = JSON.parse(readFileSync(keyFile(folder), 'utf8')) as ProjectKey;
    return {
      key,
      body: () => {
        try {
          // Megabytes: read as bytes and decoded at once, they cost a third of what reading as text does.
          const kept = JSON.parse(readFileSync(bodyFile(folder)).toString()) as KeptProject;
          if (kept.id !== key.id) return undefined;
          restoreFloats(kept, kept.floats);
          return kept;
        } catch {
          return undefined;
        }
      },
    };
  } catch {
    return undefined;
  }
}

/** @param unchanged templates that stand where they stood */
function keep(
  input: ParseInput,
  { folder, settings }: Keeping,
  parse: Parse,
  unchanged: KeptProject['templates'] | undefined,
): void {
  const { manifest, problems, reads, troubled } = parse;
  const { metadata: _metadata, ...sections } = manifest;
  const templates: Record<string, TemplatePlace> = {};
  for (const { unique_id: id, raw_code } of withBodies(manifest)) {
    const known = unchanged?.[id];
    const template = known ? undefined : parse.templates.get(id);
    const place = known ?? (template && placeOf(template, raw_code));
    if (place) templates[id] = place;
  }
  const key = fingerprintOf(randomUUID(), input, settings, reads.byName.values());
  const body: Omit<KeptProject, 'floats'> = {
    id: key.id,
    problems,
    templates,
    entries: Object.fromEntries(parse.entries),
    reads: listed(reads.byName),
    troubled: [...troubled],
    ...sections,
  };
  try {
    // The key comes last: until it is there, whatever lies beside it belongs to no project.
    rmSync(keyFile(folder), { force: true });
    mkdirSync(folder, { recursive: true });
    writeArtifact(bodyFile(folder), { ...body, floats: wholeFloats(body) }, { exact: true });
    writeArtifact(keyFile(folder), key);
  } catch {
    // A project that cannot be kept is parsed again, nothing more.
  }
}

const placeOf = ({ range, source, file }: Template, code: string): TemplatePlace =>
  source === code ? [file] : [file, range.start, range.end];

/** Thousands of resources ask for the same few things, so each list is written once. */
function listed(byName: ReadonlyMap<string, ReadonlySet<string>>): KeptProject['reads'] {
  const lists: string[][] = [];
  const numbers = new Map<string, number>();
  const names: Record<string, number> = {};
  for (const [name, keys] of byName) {
    const list = [...keys].sort();
    const text = list.join('\n');
    let number = numbers.get(text);
    if (number === undefined) {
      number = lists.push(list) - 1;
      numbers.set(text, number);
    }
    names[name] = number;
  }
  return { lists, names };
}
