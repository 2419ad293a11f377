import { join } from 'node:path';
import type { Manifest } from '../artifacts/index.ts';
import { type AnalysedNode, ProjectAnalysis, type Workbench } from '../compile/index.ts';
import type { Parsed } from '../parse/index.ts';
import { Analyst, type DialectName, isDialect } from '../sql/index.ts';
import { KeptAnalyses } from './kept-analyses.ts';
import { workbench } from './make-workbench.ts';
import { OfflineCompiler } from './offline-compiler.ts';
import { seedColumns } from './seed-columns.ts';
import { readSourceColumns } from './source-columns.ts';
import { warehouseFacts } from './warehouse-facts.ts';
import type { Workspace } from './workspace.ts';

/** An analysis that is under way; to be closed when nobody asks it any more. */
export interface OpenAnalysis {
  readonly analysis: ProjectAnalysis;
  readonly compiler: OfflineCompiler;
  readonly kept: KeptAnalyses;
  close(): Promise<void>;
}

/**
 * Analyses nodes and what they stand on, without a warehouse: what there is to know of columns and of mistakes. Nodes whose
 * templates ask the warehouse are known as they were compiled by the last run, or not at all.
 */
export async function analyse(
  workspace: Workspace,
  parsed: Parsed,
  ids: Iterable<string>,
  how: AnalysisOptions = {},
): Promise<ReadonlyMap<string, AnalysedNode>> {
  const { analysis, close } = openAnalysis(workspace, workbench(workspace, parsed, ids), how);
  try {
    return await analysis.nodes(ids);
  } finally {
    await close();
  }
}

/** What an analysis may take for known, and what it is asked for. */
interface AnalysisOptions {
  /** Nodes that are taken as the last analysis had them, where there was one. */
  readonly isGiven?: (id: string) => boolean;
  /** A manifest with SQL in it, made with a connection. */
  readonly compiled?: Manifest | undefined;
  /** Whether to say what columns are made of, for a comparison. */
  readonly isPrinted?: boolean;
}

/** Begins an analysis, to be asked for nodes one by one or all together. */
export function openAnalysis(
  { adapter, command, project, targetFolder }: Workspace,
  bench: Workbench,
  { isGiven = () => false, compiled, isPrinted }: AnalysisOptions = {},
): OpenAnalysis {
  const dialect = dialectFor(adapter.type);
  const sources = readSourceColumns(project.root, targetFolder);
  const kept = new KeptAnalyses(join(targetFolder, 'analysis.json'));
  const analyst = new Analyst(kept);
  const compiler = new OfflineCompiler({ bench, sources, kept, command, compiled });
  const analysis = new ProjectAnalysis({
    manifest: bench.manifest,
    dialect,
    analyst,
    isPrinted,
    facts: warehouseFacts(bench.credentials, bench.manifest),
    compile: (node, known) => compiler.compile(node, known),
    given: (id) => (isGiven(id) ? kept.node(id) : undefined),
    seedColumns: (node) => seedColumns(adapter.dialect, dialect, node),
    sourceColumns: (id) => (Object.hasOwn(sources, id) ? sources[id] : undefined),
  });
  const close = async (): Promise<void> => {
    await analyst.close();
    for (const node of analysis.finished.values()) kept.setNode(node);
    kept.save();
  };
  return { analysis, compiler, kept, close };
}

/** The dialect of an adapter; Postgres is what most others descend from. */
export const dialectFor = (type: string): DialectName => (isDialect(type) ? type : 'postgres');
