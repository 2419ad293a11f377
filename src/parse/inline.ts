import type { ManifestNode } from '../artifacts/index.ts';
import { type CompileCache, compileTemplate } from '../jinja/index.ts';
import type { Parsed } from './parse-project.ts';

/** The parsed project with one more node: SQL from the command line, which may refer to anything. */
export function parseInline(parsed: Parsed, node: ManifestNode, cache: CompileCache | undefined): Parsed {
  const template = compileTemplate(node.raw_code, node.original_file_path, { cache });
  const everything = [...Object.keys(parsed.manifest.nodes), ...Object.keys(parsed.manifest.sources)];
  const linked = { ...node, depends_on: { macros: [], nodes: everything } } as ManifestNode;
  return {
    ...parsed,
    manifest: { ...parsed.manifest, nodes: { ...parsed.manifest.nodes, [node.unique_id]: linked } },
    templates: { get: (id) => (id === node.unique_id ? template : parsed.templates.get(id)) },
  };
}
