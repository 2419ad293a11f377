import { type Manifest, withBodies } from '../artifacts/index.ts';
import type { MacroIndex } from '../builtins/index.ts';
import { compileTemplate, type Template } from '../jinja/index.ts';
import type { SourceFile } from '../project/index.ts';
import type { ParseInput } from './draft.ts';
import type { KeptProject } from './kept-project.ts';
import { macroIndexOf } from './macros.ts';
import { metadataOf, type Parsed, parseProject, type Templates } from './parse-project.ts';
import { Resolver } from './resolve.ts';

/** A kept project in use. What a command does not ask for is not made. */
export function restored(input: ParseInput, kept: KeptProject): Parsed {
  const { id: _1, templates: _2, entries: _3, reads: _4, troubled: _5, floats: _6, problems, ...sections } = kept;
  const manifest: Manifest = { metadata: metadataOf(input), ...sections, selectors: input.selectors };
  let macros: MacroIndex | undefined;
  let resolver: Resolver | undefined;
  return {
    manifest,
    templates: new KeptTemplates(input, kept),
    problems,
    get macros() {
      macros ??= macroIndexOf(input, kept.macros);
      return macros;
    },
    get resolver() {
      resolver ??= new Resolver({
        nodes: new Map(Object.entries(manifest.nodes)),
        sources: new Map(Object.entries(manifest.sources)),
        functions: new Map(Object.entries(manifest.functions)),
        input,
        root: input.packages[0]!,
      });
      return resolver;
    },
    placeOf: placesOf(input),
  };
}

/** Places are for messages: who needs one can wait for the project to be parsed. */
export function placesOf(input: ParseInput): Parsed['placeOf'] {
  let again: Parsed | undefined;
  return (id) => {
    again ??= parseProject(input);
    return again.placeOf(id);
  };
}

/** The templates of a kept project, each compiled when it is asked for. */
export class KeptTemplates implements Templates {
  readonly #input: ParseInput;
  readonly #kept: Pick<KeptProject, 'templates' | 'nodes' | 'functions'>;
  readonly #made = new Map<string, Template>();
  #codes: ReadonlyMap<string, string> | undefined;
  #files: ReadonlyMap<string, SourceFile> | undefined;

  constructor(input: ParseInput, kept: Pick<KeptProject, 'templates' | 'nodes' | 'functions'>) {
    this.#input = input;
    this.#kept = kept;
  }

  get(id: string): Template | undefined {
    const place = this.#kept.templates[id];
    if (!place) return undefined;
    let template = this.#made.get(id);
    if (!template) {
      const [file, start, end] = place;
      const options = { cache: this.#input.cache, isValid: true };
      template =
        start === undefined || end === undefined
          ? compileTemplate(this.#code(id), file, options)
          : compileTemplate(this.#text(file), file, { ...options, range: { start, end } });
      this.#made.set(id, template);
    }
    return template;
  }

  #code(id: string): string {
    const node = this.#kept.nodes[id];
    if (node) return node.raw_code;
    this.#codes ??= new Map([...withBodies(this.#kept)].map(({ unique_id, raw_code }) => [unique_id, raw_code]));
    return this.#codes.get(id)!;
  }

  #text(shown: string): string {
    this.#files ??= new Map(this.#input.packages.flatMap((pkg) => pkg.files.map((file) => [file.shown, file])));
    return this.#files.get(shown)!.text;
  }
}
