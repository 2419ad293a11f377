import { DiagnosticError } from '../core/index.ts';
import { readDocs } from './docs.ts';
import type { Draft, ParseInput, Place, Resource } from './draft.ts';
import { type Changes, filesOf, nameOf } from './fingerprint.ts';
import type { KeptProject } from './kept-project.ts';
import { macroIndexOf, readMacros } from './macros.ts';
import { finish, newDraft, type Parse } from './parse-project.ts';
import { type KeptEntry, readPatches } from './patches.ts';
import { nameOfResource, type Reach, reachOf } from './reach.ts';
import { Reads, watched } from './reads.ts';
import { KeptTemplates, placesOf } from './restored-project.ts';

/** A parse of what a change reaches. */
export interface PartialParse extends Parse {
  /** Templates that stand where they stood. */
  readonly unchanged: KeptProject['templates'];
  /** Whether so little was parsed that to keep it costs more than to parse it again. */
  readonly isSmall: boolean;
}

/** Thrown where a pass needs to know more of a resource than a kept project holds: to say what is wrong with it. */
class NotKept extends Error {}

/** Places of what is parsed; those of what is not are unknown. */
class PartialPlaces extends Map<string, Place> {
  override get(id: string): Place {
    const place = super.get(id);
    if (!place) throw new NotKept(id);
    return place;
  }
}

/**
 * Parses what a change reaches, and takes the rest from the kept project: the passes over a draft in which that rest
 * stands already. Undefined where everything has to be parsed: the change reaches far, or something is wrong, and who is
 * told of it should be told all.
 */
export function reparse(input: ParseInput, kept: KeptProject, changes: Changes): PartialParse | undefined {
  const reach = reachOf(input, kept, changes);
  if (!reach) return undefined;
  try {
    return parseReached(input, kept, reach);
  } catch (error) {
    if (error instanceof NotKept || error instanceof DiagnosticError) return undefined;
    throw error;
  }
}

/** To read so many files again takes less time than to load the cache of all templates, or to write the kept project. */
const FEW = 50;

function parseReached(input: ParseInput, kept: KeptProject, reach: Reach): PartialParse | undefined {
  const reads = new Reads();
  const packages = input.packages.map((pkg) => ({ ...pkg, files: pkg.files.filter(reach.reads) }));
  const isSmall = packages.reduce((sum, { files }) => sum + files.length, 0) <= FEW;
  const all = { ...watched(input, reads), cache: isSmall ? undefined : input.cache };
  const seen = { ...all, packages };
  const macros = reach.macros
    ? readMacros(all, reads)
    : { index: macroIndexOf(all, kept.macros, reads), nodes: new Map(Object.entries(kept.macros)) };
  const { docs } = readDocs(input);
  const described = readPatches(seen, reads, reach.names);
  const draft = newDraft(seen, reads, {
    macros: { ...macros, places: new PartialPlaces() },
    docs,
    described,
    problems: [...described.problems],
  });
  takeUp(draft, kept, reach);
  const parse = finish(draft, described);
  if (parse.problems.some((problem) => problem.severity === 'error')) return undefined;
  for (const [name, number] of Object.entries(kept.reads.names)) {
    if (reach.names.has(name)) continue;
    for (const key of kept.reads.lists[number] ?? []) reads.for(name, () => reads.note(key));
  }
  reads.close();
  const entries = allEntries(input, kept, parse.entries);
  const keptTemplates = new KeptTemplates(input, kept);
  return {
    ...parse,
    manifest: { ...parse.manifest, nodes: inOrder(input, parse.manifest.nodes, entries) },
    templates: { get: (id) => draft.templates.get(id) ?? keptTemplates.get(id) },
    placeOf: placesOf(input),
    entries,
    isSmall,
    unchanged: Object.fromEntries(Object.entries(kept.templates).filter(([id]) => !draft.templates.has(id))),
  };
}

/** Puts everything into the draft that the change does not reach. */
function takeUp(draft: Draft, kept: KeptProject, reach: Reach): void {
  const isClean = (resource: Resource): boolean => {
    switch (resource.resource_type) {
      case 'operation':
        return false;
      case 'semantic_model':
      case 'metric':
      case 'saved_query':
        return !reach.semantic;
      default:
        return !reach.names.has(nameOfResource(resource));
    }
  };
  const take = <Kind extends Resource>(from: Readonly<Record<string, Kind>>, into: Map<string, Kind>): void => {
    for (const [id, resource] of Object.entries(from)) if (isClean(resource)) into.set(id, resource);
  };
  take(kept.nodes, draft.nodes);
  take(kept.sources, draft.sources);
  take(kept.exposures, draft.exposures);
  take(kept.metrics, draft.metrics);
  take(kept.semantic_models, draft.semanticModels);
  take(kept.saved_queries, draft.savedQueries);
  take(kept.unit_tests, draft.unitTests);
  take(kept.functions, draft.functions);
  for (const [id, group] of Object.entries(kept.groups)) draft.groups.set(id, group);
  for (const [id, list] of Object.entries(kept.disabled)) {
    const clean = (list as unknown as readonly Resource[]).filter(isClean);
    if (clean.length) draft.disabled.set(id, clean);
  }
}

/**
 * The nodes in the order that parsing all of them gives: by package and file, generic tests after the rest, by entry.
 * @param entries those of all properties files
 */
function inOrder(
  input: ParseInput,
  nodes: Parse['manifest']['nodes'],
  entries: Parse['entries'],
): Parse['manifest']['nodes'] {
  const places = new Map<string, number>();
  for (const [i, file] of filesOf(input).entries()) places.set(`${file.package} ${file.path}`, i);
  const entryPlaces = new Map<string, number>();
  for (const [file, list] of entries)
    for (const [i, [section, name]] of list.entries()) entryPlaces.set(`${file} ${section}.${name}`, i);
  const names = input.packages.map(({ project }) => project.name);
  // What was parsed again stands behind what was not, and either is in order: the last number tells nodes of one place apart.
  const keys = Object.keys(nodes).map((id, i): readonly [string, ...number[]] => {
    const node = nodes[id]!;
    const { package_name: pkg, original_file_path: path } = node;
    const key = 'file_key_name' in node && node.test_metadata ? node.file_key_name : undefined;
    const place = node.resource_type === 'operation' ? places.size : (places.get(`${pkg} ${path}`) ?? 0);
    // Of the nodes that are files, those of the root project come last.
    if (!key) return [id, -1, pkg === names[0] ? names.length : names.indexOf(pkg), place, 0, i];
    const section = SECTIONS.indexOf(key.slice(0, key.indexOf('.')));
    return [id, section, names.indexOf(pkg), place, entryPlaces.get(`properties ${pkg} ${path} ${key}`) ?? 0, i];
  });
  keys.sort((a, b) => {
    for (let i = 1; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
    return 0;
  });
  return Object.fromEntries(keys.map(([id]) => [id, nodes[id]!]));
}

/** Sections of properties files in the order in which their tests are made. */
const SECTIONS = ['sources', 'models', 'seeds', 'snapshots'];

/** The entries of all properties files, whether read again or not. */
function allEntries(input: ParseInput, kept: KeptProject, read: Parse['entries']): Parse['entries'] {
  const entries = new Map<string, readonly KeptEntry[]>();
  for (const file of filesOf(input)) {
    if (file.kind !== 'properties') continue;
    const name = nameOf(file);
    entries.set(name, read.get(name) ?? kept.entries[name] ?? []);
  }
  return entries;
}
