import type { ManifestNode } from '../artifacts/index.ts';
import { parseAdapter } from '../builtins/index.ts';
import { type Diagnostic, DiagnosticError } from '../core/index.ts';
import type { ParseInput } from './draft.ts';
import type { Parsed } from './parse-project.ts';
import { Recording } from './recording.ts';
import { parseTemplate } from './render-node.ts';
import { dependencies } from './resolve.ts';

/** What was read is the command line and no file, and that is said first. */
const ofInline = (problem: Diagnostic): Diagnostic => ({
  ...problem,
  message: `Error parsing inline query\n${problem.message}`,
});

/**
 * The parsed project with one more node: SQL from the command line, which may refer to anything that there is.
 * Throws DiagnosticError where it names what there is not, or is no template.
 */
export function parseInline(parsed: Parsed, node: ManifestNode, input: ParseInput): Parsed {
  const { manifest, macros } = parsed;
  const surroundings = {
    input,
    root: input.packages[0]!,
    macros,
    adapterFor: parseAdapter(
      input.adapter.type,
      input.adapter.dialect,
      input.adapter.methods,
      input.credentials,
      input.behavior,
    ),
  };
  const text = {
    file: node.original_file_path,
    text: node.raw_code,
    range: { start: 0, end: node.raw_code.length },
  };
  const subject = { package: node.package_name, name: node.unique_id, node: { ...node }, this: null };
  const rendered = parseTemplate(surroundings, text, subject);
  const recording = 'recording' in rendered ? rendered.recording : new Recording();
  const problems = [...rendered.problems];
  const asked = {
    ...node,
    refs: recording.refArgs(),
    sources: recording.sourceArgs(),
    functions: recording.functionArgs(),
  };
  const lookup = {
    input,
    nodes: new Map(Object.entries(manifest.nodes)),
    disabled: new Map(Object.entries(manifest.disabled)) as never,
    recordings: new Map([[node.unique_id, recording]]),
    problems,
  };
  dependencies(lookup, parsed.resolver, asked, () => undefined);
  if (problems.length || !('template' in rendered)) throw new DiagnosticError(...problems.map(ofInline));
  const everything = [...Object.keys(manifest.nodes), ...Object.keys(manifest.sources)];
  const linked = { ...asked, depends_on: { macros: [...recording.macros], nodes: everything } } as ManifestNode;
  return {
    ...parsed,
    manifest: { ...manifest, nodes: { ...manifest.nodes, [node.unique_id]: linked } },
    templates: { get: (id) => (id === node.unique_id ? rendered.template : parsed.templates.get(id)) },
  };
}
