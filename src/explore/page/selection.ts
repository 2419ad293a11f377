import { DiagnosticError } from '../../core/index.ts';
import { type NamedSelector, parseNamedSelectors, type RawNamedSelector, select } from '../../graph/index.ts';
import type { Project } from './project.ts';

/** Nodes that a selection of the command line's grammar names, or why it names none. */
export type Selected = { readonly nodes: readonly number[] } | { readonly problem: string; readonly help?: string };

/** Applies `--select`; what is behind `--exclude` in it is taken away. */
export function selectNodes(project: Project, text: string): Selected {
  const [wanted = '', ...unwanted] = text.split('--exclude').map((part) => part.trim());
  const { data, graph, nodes } = project;
  try {
    const { selected, warnings } = select(graph, {
      select: wanted === '' ? undefined : [wanted.replace(/^--select\s+/, '')],
      exclude: unwanted,
      selectors: selectorsOf(data.selectors),
      includeEmpty: true,
      projectName: data.project,
      previous: data.run
        ? { results: new Map(nodes.flatMap(({ id, result }) => (result ? [[id, result.status]] : []))) }
        : undefined,
    });
    const found = nodes.flatMap(({ id, type }, node) => (selected.has(id) && type !== 'outside' ? [node] : []));
    const [warning] = warnings;
    if (found.length > 0 || !warning) return { nodes: found };
    return { problem: 'nothing matches', help: warning.help[0] };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const [said] = error.diagnostics;
    return { problem: said!.message, help: said!.help[0] };
  }
}

function selectorsOf(raw: readonly unknown[]): ReadonlyMap<string, NamedSelector> | undefined {
  try {
    // The default selector stands for saying nothing; here nothing is nothing.
    return parseNamedSelectors(
      (raw as RawNamedSelector[]).map((entry) => ({ ...entry, default: false })),
      'eager',
    );
  } catch {
    return undefined;
  }
}

/** Whether a text can only be meant as a selection. */
export const looksLikeSelection = (text: string): boolean => /[:+@*,]|--/.test(text);
