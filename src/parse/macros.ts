import { type MacroNode, type Manifest, macroNode } from '../artifacts/index.ts';
import { findMacro, findPackageMacro, type Macro, type MacroIndex } from '../builtins/index.ts';
import type { Diagnostic } from '../core/index.ts';
import {
  type Block,
  compileMacro,
  extractBlocks,
  JinjaError,
  type MacroDefinition,
  type StaticCall,
} from '../jinja/index.ts';
import type { SourceFile } from '../project/index.ts';
import { duplicateMacro, jinjaDiagnostic } from './diagnostics.ts';
import { describe } from './docs.ts';
import { type Draft, forName, type Package, type ParseInput, type Place } from './draft.ts';
import { dictsAt, type Patch, patchSpan, plainAt, textAt } from './patch.ts';
import type { Reads } from './reads.ts';

/** Every macro of the invocation, as an index for look-ups and as nodes for the manifest. */
export interface MacroTable {
  readonly index: MacroIndex;
  readonly nodes: Map<string, MacroNode>;
  readonly places: Map<string, Place>;
  readonly problems: Diagnostic[];
}

/** Kinds of file that hold macros. */
export const MACRO_FILES: ReadonlySet<string> = new Set(['macro', 'genericTest']);
const MACRO_BLOCKS = new Set<Block['kind']>(['macro', 'materialization', 'test']);

/**
 * Reads the macros of all packages. Files whose blocks cannot be read give a problem and no macros.
 * @param reads is told which macros are looked up
 */
export function readMacros(input: ParseInput, reads: Reads): MacroTable {
  const { index, files, places, problems } = loadMacros(input, reads);
  const nodes = new Map<string, MacroNode>();
  reads.silently(() => {
    for (const [macro, { file, block }] of files) nodes.set(macro.uniqueId, nodeOf(index, macro, file, block, input));
  });
  return { index, nodes, places, problems };
}

/**
 * The index of macros that are known from an earlier parse, and valid: the file of each is read when it is first called.
 * @param known the macros by unique id
 * @param reads is told which macros are looked up
 */
export function macroIndexOf(input: ParseInput, known: Manifest['macros'], reads?: Reads): MacroIndex {
  const packages = new Map<string, Map<string, Macro>>();
  const files = new Map<string, SourceFile>();
  for (const pkg of input.packages) {
    packages.set(pkg.project.name, emptyMacros(pkg, reads));
    for (const file of pkg.files) if (MACRO_FILES.has(file.kind)) files.set(`${file.package} ${file.path}`, file);
  }
  const blocks = new Map<SourceFile, Block[]>();
  for (const { unique_id: uniqueId, package_name: pkg, name, original_file_path: path } of Object.values(known)) {
    let definition: MacroDefinition | undefined;
    const compile = (): MacroDefinition => {
      const file = files.get(`${pkg} ${path}`)!;
      const found = blocks.get(file) ?? blocksOf(file, []);
      blocks.set(file, found);
      const block = found.find((one) => one.name === name)!;
      return compileMacro(block, file.text, file.shown, { cache: input.cache, isValid: true });
    };
    packages.get(pkg)!.set(name, {
      uniqueId,
      package: pkg,
      name,
      get definition() {
        definition ??= compile();
        return definition;
      },
    });
  }
  return indexOf(input, packages);
}

/** Macros of a package of the user's, which tell when they are looked up. */
class WatchedMacros extends Map<string, Macro> {
  readonly #reads: Reads;
  constructor(reads: Reads) {
    super();
    this.#reads = reads;
  }
  override get(name: string): Macro | undefined {
    const macro = super.get(name);
    if (macro) this.#reads.note(`macro ${macro.uniqueId}`);
    return macro;
  }
}

/** The macros of a package, none yet. Those of dbt's own packages change only with the program and are not watched. */
const emptyMacros = ({ internal }: Package, reads: Reads | undefined): Map<string, Macro> =>
  reads && !internal ? new WatchedMacros(reads) : new Map();

/** Macros with what their nodes are made of. */
interface LoadedMacros extends Omit<MacroTable, 'nodes'> {
  readonly files: ReadonlyMap<Macro, { readonly file: SourceFile; readonly block: Block }>;
}

function loadMacros(input: ParseInput, reads: Reads): LoadedMacros {
  const packages = new Map<string, Map<string, Macro>>();
  const places = new Map<string, Place>();
  const problems: Diagnostic[] = [];
  const files = new Map<Macro, { file: SourceFile; block: Block }>();
  for (const pkg of input.packages) {
    const macros = emptyMacros(pkg, reads);
    packages.set(pkg.project.name, macros);
    for (const file of pkg.files) {
      if (!MACRO_FILES.has(file.kind)) continue;
      for (const block of blocksOf(file, problems)) {
        const name = block.name;
        const uniqueId = `macro.${pkg.project.name}.${name}`;
        const at = { file: file.shown, start: block.span.start, end: block.span.end };
        const earlier = places.get(uniqueId);
        if (earlier) {
          problems.push(
            duplicateMacro(
              { name, package: pkg.project.name, other: earlier.file.shown },
              { at, labels: [{ span: earlier.at!, text: 'first defined here' }] },
            ),
          );
          continue;
        }
        const definition = compileMacro(block, file.text, file.shown, { cache: input.cache });
        const macro: Macro = { uniqueId, package: pkg.project.name, name, definition };
        macros.set(name, macro);
        places.set(uniqueId, { file, at });
        files.set(macro, { file, block });
      }
    }
  }
  return { index: indexOf(input, packages), files, places, problems };
}

function blocksOf(file: SourceFile, problems: Diagnostic[]): Block[] {
  try {
    return extractBlocks(file.text, file.shown).filter((block) => MACRO_BLOCKS.has(block.kind));
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    problems.push(jinjaDiagnostic(error));
    return [];
  }
}

function indexOf(input: ParseInput, packages: ReadonlyMap<string, ReadonlyMap<string, Macro>>): MacroIndex {
  const [root] = input.packages as [Package, ...Package[]];
  const dispatch = new Map(root.project.dispatch.map((rule) => [rule.macroNamespace, rule.searchOrder]));
  return {
    root: root.project.name,
    internal: input.packages.filter((pkg) => pkg.internal).map((pkg) => pkg.project.name),
    dispatch,
    prefixes: [input.adapter.type, ...input.adapter.parents, 'default'],
    packages,
  };
}

/** The text of a macro: with the white space behind it where its last tag takes that away. */
function macroText(file: SourceFile, block: Block): string {
  if (!block.source.endsWith('-%}')) return block.source;
  const space = /^\s*/.exec(file.text.slice(block.span.end))![0];
  return block.source + space;
}

function nodeOf(index: MacroIndex, macro: Macro, file: SourceFile, block: Block, input: ParseInput): MacroNode {
  return macroNode({
    name: macro.name,
    package_name: macro.package,
    path: file.path,
    original_file_path: file.path,
    unique_id: macro.uniqueId,
    macro_sql: macroText(file, block),
    arguments:
      block.kind === 'macro'
        ? block.args.map(({ name, annotation }) => ({ name, type: annotation ?? null, description: '' }))
        : [],
    depends_on: { macros: calledMacros(index, macro.package, macro.definition.calls(), macro.uniqueId) },
    created_at: input.invocation.startedAt.getTime() / 1000,
    supported_languages: block.supportedLanguages ?? (block.kind === 'materialization' ? ['sql'] : null),
  });
}

/**
 * The macros that a list of calls names, by unique id: direct calls, calls through a package, and
 * `adapter.dispatch` with literal arguments.
 */
export function calledMacros(index: MacroIndex, pkg: string, calls: readonly StaticCall[], self?: string): string[] {
  const found = new Set<string>();
  const add = (macro: Macro | undefined): void => {
    if (macro && macro.uniqueId !== self) found.add(macro.uniqueId);
  };
  for (const call of calls) {
    const parts = call.callee.split('.');
    if (call.callee === 'adapter.dispatch') {
      const name = call.args[0]?.literal;
      if (typeof name !== 'string') continue;
      const namespace = call.args[1]?.literal ?? call.kwargs.find((kw) => kw.name === 'macro_namespace')?.arg.literal;
      for (const searched of dispatchPackages(index, namespace)) {
        for (const prefix of index.prefixes) {
          const wanted = `${prefix}__${name}`;
          add(searched === undefined ? findMacro(index, pkg, wanted) : findPackageMacro(index, searched, wanted));
        }
      }
    } else if (parts.length === 1) add(findMacro(index, pkg, call.callee));
    else if (parts.length === 2) add(findPackageMacro(index, parts[0]!, parts[1]!));
  }
  return [...found];
}

function dispatchPackages(index: MacroIndex, namespace: unknown): readonly (string | undefined)[] {
  if (typeof namespace !== 'string') return [undefined];
  return index.dispatch.get(namespace) ?? (index.packages.has(namespace) ? [index.root, namespace] : [undefined]);
}

/** Adds what properties files say of macros. */
export function describeMacros(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('macros') ?? [])
    forName(draft, patch.name, () => describeMacro(draft, patch));
}

function describeMacro(draft: Draft, patch: Patch): void {
  const id = `macro.${patch.package}.${patch.name}`;
  const node = draft.macroNodes.get(id);
  if (!node) return;
  const description = describe(draft, textAt(patch.value, 'description') ?? '', patch.package, () =>
    patchSpan(patch, 'description'),
  );
  const config = plainAt(patch.value, 'config') ?? {};
  const meta = { ...plainAt(patch.value, 'meta'), ...(config.meta as object | undefined) };
  const docs = { ...node.docs, ...plainAt(patch.value, 'docs'), ...(config.docs as object | undefined) };
  draft.macroNodes.set(id, {
    ...node,
    description: description.text,
    meta,
    docs,
    config: { ...node.config, ...config, meta, docs },
    patch_path: `${patch.package}://${patch.file.path}`,
    arguments: documentedArguments(patch, node),
  });
}

/** Arguments as the properties file describes them; those it leaves out are known from the macro itself. */
function documentedArguments(patch: Patch, node: MacroNode): MacroNode['arguments'] {
  const documented = dictsAt(patch.value, 'arguments');
  if (!documented.length) return node.arguments;
  return documented.map((argument) => ({
    name: textAt(argument, 'name') ?? '',
    type: textAt(argument, 'type') ?? null,
    description: textAt(argument, 'description') ?? '',
  }));
}
