import { type DocNode, docNode } from '../artifacts/index.ts';
import { signature } from '../builtins/index.ts';
import { type Diagnostic, DiagnosticError, nearest, type Span } from '../core/index.ts';
import { compileTemplate, extractBlocks, JinjaError, PyFunction, type Scope } from '../jinja/index.ts';
import { duplicateDoc, jinjaDiagnostic, unknownDoc } from './diagnostics.ts';
import type { Draft, ParseInput } from './draft.ts';
import { hasJinja } from './yaml-render.ts';

/** Reads the `{% docs %}` blocks of all packages. */
export function readDocs(input: ParseInput): { docs: Map<string, DocNode>; problems: Diagnostic[] } {
  const docs = new Map<string, DocNode>();
  const problems: Diagnostic[] = [];
  for (const pkg of input.packages) {
    for (const file of pkg.files) {
      if (file.kind !== 'docs' || !file.text.includes('{%')) continue;
      try {
        for (const block of extractBlocks(file.text, file.shown, { only: ['docs'] })) {
          const unique_id = `doc.${pkg.project.name}.${block.plainName}`;
          const earlier = docs.get(unique_id);
          if (earlier) {
            const at = { file: file.shown, ...block.span };
            problems.push(duplicateDoc({ name: block.plainName, other: earlier.original_file_path }, { at }));
            continue;
          }
          docs.set(
            unique_id,
            docNode({
              name: block.plainName,
              package_name: pkg.project.name,
              path: file.path,
              original_file_path: file.path,
              unique_id,
              block_contents: file.text.slice(block.body.start, block.body.end).trim(),
            }),
          );
        }
      } catch (error) {
        if (!(error instanceof JinjaError)) throw error;
        problems.push(jinjaDiagnostic(error));
      }
    }
  }
  return { docs, problems };
}

/** A description with its `doc()` calls answered, and the ids of the blocks it used. */
export interface Description {
  readonly text: string;
  readonly blocks: readonly string[];
}

const bind = signature('doc', ['package_or_name', 'name?']);

/**
 * Renders a description.
 * @param pkg package that is searched first
 * @param at place of the description, computed only for an error
 */
export function describe(draft: Draft, text: string, pkg: string, at: () => Span): Description {
  if (!hasJinja(text)) return { text, blocks: [] };
  const blocks: string[] = [];
  const doc = new PyFunction('doc', (args, kwargs) => {
    const [first, second] = bind(args, kwargs);
    const name = String(second ?? first);
    const packages = second === undefined ? [pkg, ...draft.input.packages.map((p) => p.project.name)] : [String(first)];
    const found = packages.map((p) => draft.docs.get(`doc.${p}.${name}`)).find((d) => d !== undefined);
    if (!found) {
      const near = nearest(
        name,
        [...draft.docs.values()].map((d) => d.name),
      );
      throw new DiagnosticError(unknownDoc({ name, near }, { at: at() }));
    }
    draft.reads.note(`doc ${found.unique_id}`);
    blocks.push(found.unique_id);
    return found.block_contents;
  });
  const scope: Scope = { lookup: (name) => (name === 'doc' ? doc : draft.input.base.get(name)) };
  try {
    // Descriptions are many and much alike, and their place is costly to find: it is looked up only for an error.
    return { text: compileTemplate(text, '', { cache: draft.input.cache }).render(scope).text, blocks };
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    throw new DiagnosticError({ ...jinjaDiagnostic(error), at: at() });
  }
}
