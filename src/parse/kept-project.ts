import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, writeArtifact } from '../artifacts/index.ts';
import type { MacroIndex } from '../builtins/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { compileTemplate, type Template } from '../jinja/index.ts';
import type { SourceFile } from '../project/index.ts';
import type { ParseInput } from './draft.ts';
import { fingerprintOf, isCurrent, type ProjectKey, watched } from './fingerprint.ts';
import { readMacroIndex } from './macros.ts';
import { metadataOf, type Parsed, parseProject, type Templates } from './parse-project.ts';
import { Resolver } from './resolve.ts';

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
type TemplatePlace = readonly [file: string, start?: number, end?: number];

/** What is kept beside the key. */
interface Kept extends Omit<Manifest, 'metadata'> {
  readonly id: string;
  readonly problems: readonly Diagnostic[];
  readonly templates: Readonly<Record<string, TemplatePlace>>;
}

const keyFile = (folder: string): string => join(folder, 'partial_parse_key.json');
const bodyFile = (folder: string): string => join(folder, 'partial_parse.json');

/**
 * Parses a project, or, where nothing that parsing depends on has changed since it was last parsed, takes up what came of
 * it then. Either way the result is the same.
 */
export function parseOrRestore(input: ParseInput, keeping: Keeping): Parsed {
  // Before anything is read: what changes while it is parsed must not pass for parsed.
  for (const pkg of input.packages) for (const file of pkg.files) file.stats;
  const restored = restore(input, keeping);
  if (restored) return restored;
  const watch = watched(input);
  const parsed = parseProject(watch.input);
  if (keeping.write && parsed.problems.every((problem) => problem.severity !== 'error')) {
    keep(parsed, fingerprintOf(randomUUID(), input, keeping.settings, watch), keeping.folder);
  }
  return parsed;
}

function keep(parsed: Parsed, key: ProjectKey, folder: string): void {
  const templates: Record<string, TemplatePlace> = {};
  for (const [id, node] of Object.entries(parsed.manifest.nodes)) {
    const template = parsed.templates.get(id);
    if (!template) continue;
    const { start, end } = template.range;
    templates[id] = template.source === node.raw_code ? [template.file] : [template.file, start, end];
  }
  const { metadata: _metadata, ...manifest } = parsed.manifest;
  try {
    // The key comes last: until it is there, whatever lies beside it belongs to no project.
    rmSync(keyFile(folder), { force: true });
    mkdirSync(folder, { recursive: true });
    writeArtifact(bodyFile(folder), { id: key.id, problems: parsed.problems, templates, ...manifest }, { exact: true });
    writeArtifact(keyFile(folder), key);
  } catch {
    // A project that cannot be kept is parsed again, nothing more.
  }
}

function restore(input: ParseInput, { folder, settings }: Keeping): Parsed | undefined {
  let kept: Kept;
  try {
    const key = JSON.parse(readFileSync(keyFile(folder), 'utf8')) as ProjectKey;
    if (!isCurrent(key, input, settings)) return undefined;
    kept = JSON.parse(readFileSync(bodyFile(folder), 'utf8')) as Kept;
    if (kept.id !== key.id) return undefined;
  } catch {
    return undefined;
  }
  return new RestoredProject(input, kept).parsed();
}

/** A kept project in use: what a command does not ask for is not made. */
class RestoredProject {
  readonly #input: ParseInput;
  readonly #kept: Kept;
  readonly #made = new Map<string, Template>();
  #files: ReadonlyMap<string, SourceFile> | undefined;
  #macros: MacroIndex | undefined;
  #resolver: Resolver | undefined;
  #again: Parsed | undefined;

  constructor(input: ParseInput, kept: Kept) {
    this.#input = input;
    this.#kept = kept;
  }

  parsed(): Parsed {
    const { id: _id, problems, templates: _templates, ...sections } = this.#kept;
    const { selectors } = this.#input;
    const manifest: Manifest = { metadata: metadataOf(this.#input), ...sections, selectors };
    const templates: Templates = { get: (id) => this.#template(id) };
    const made = { macros: () => this.#macroIndex(), resolver: () => this.#resolverOf(manifest) };
    return {
      manifest,
      templates,
      problems,
      get macros() {
        return made.macros();
      },
      get resolver() {
        return made.resolver();
      },
      // Places are for messages: who needs one can wait for the project to be parsed.
      placeOf: (id) => this.#parsedAgain().placeOf(id),
    };
  }

  #parsedAgain(): Parsed {
    this.#again ??= parseProject(this.#input);
    return this.#again;
  }

  #macroIndex(): MacroIndex {
    this.#macros ??= readMacroIndex(this.#input);
    return this.#macros;
  }

  #resolverOf({ nodes, sources }: Manifest): Resolver {
    const input = this.#input;
    this.#resolver ??= new Resolver({
      nodes: new Map(Object.entries(nodes)),
      sources: new Map(Object.entries(sources)),
      input,
      root: input.packages[0]!,
    });
    return this.#resolver;
  }

  #template(id: string): Template | undefined {
    const place = this.#kept.templates[id];
    const node = this.#kept.nodes[id];
    if (!place || !node) return undefined;
    let template = this.#made.get(id);
    if (!template) {
      const [file, start, end] = place;
      const options = { cache: this.#input.cache, isValid: true };
      template =
        start === undefined || end === undefined
          ? compileTemplate(node.raw_code, file, options)
          : compileTemplate(this.#text(file), file, { ...options, range: { start, end } });
      this.#made.set(id, template);
    }
    return template;
  }

  #text(shown: string): string {
    this.#files ??= new Map(this.#input.packages.flatMap((pkg) => pkg.files.map((file) => [file.shown, file])));
    return this.#files.get(shown)!.text;
  }
}
