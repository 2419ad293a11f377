import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Manifest } from '../artifacts/index.ts';
import { type AnalysedNode, ProjectAnalysis } from '../compile/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { exportRevision } from '../packages/index.ts';
import type { Parsed } from '../parse/index.ts';
import { Analyst } from '../sql/index.ts';
import { StateFolder } from '../state/index.ts';
import { analyse, dialectFor } from './analyse.ts';
import { idsWithColumns } from './column-lineage.ts';
import { noBase, noRevision } from './diagnostics.ts';
import { KeptAnalyses } from './kept-analyses.ts';
import { compiledCode } from './offline-compiler.ts';
import { parseWorkspace } from './parse-workspace.ts';
import { seedColumns } from './seed-columns.ts';
import { readSourceColumns, sourceColumnsFile, writeSourceColumns } from './source-columns.ts';
import { open, type Workspace } from './workspace.ts';

/** A project as it was before, with what is known of its columns. */
export interface EarlierProject {
  readonly manifest: Manifest;
  readonly analysed: ReadonlyMap<string, AnalysedNode>;
  /** How it is called: a revision of git, or a folder. */
  readonly label: string;
}

/**
 * The project that changes are told against: that of `--base`, a revision of git, or that whose artifacts are in `--state`.
 * Throws DiagnosticError where there is neither, or it is not there.
 */
export async function earlierProject(workspace: Workspace, now: Manifest): Promise<EarlierProject> {
  const { flags, project } = workspace;
  if (flags.base !== null) return atRevision(workspace, flags.base);
  if (flags.state === null) throw new DiagnosticError(noBase({}));
  const folder = resolve(project.root, flags.state);
  const manifest = new StateFolder(folder).manifest();
  return { manifest, analysed: await asCompiled(workspace, folder, manifest, now), label: flags.state };
}

/** A project as its artifacts have it: by the SQL in the manifest, and by what an analysis of that time has left. */
async function asCompiled(
  { adapter, project, targetFolder }: Workspace,
  folder: string,
  manifest: Manifest,
  now: Manifest,
): Promise<ReadonlyMap<string, AnalysedNode>> {
  const kept = new KeptAnalyses(join(folder, 'analysis.json'));
  const sources = readSourceColumns(project.root, targetFolder);
  const dialect = dialectFor(adapter.type);
  const analyst = new Analyst();
  const analysis = new ProjectAnalysis({
    manifest,
    dialect,
    analyst,
    isPrinted: true,
    compile: async (node) => {
      const sql = compiledCode(node);
      return sql === undefined ? { problems: [] } : { node, sql, locate: () => undefined };
    },
    given: (id) => (compiledCode(manifest.nodes[id]) === undefined ? kept.node(id) : undefined),
    // The file of a seed is not among the artifacts; it may still be the same.
    seedColumns: ({ unique_id: id, checksum }) => {
      const seed = now.nodes[id];
      return seed?.checksum.checksum === checksum.checksum ? seedColumns(adapter.dialect, dialect, seed) : [];
    },
    sourceColumns: (id) => (Object.hasOwn(sources, id) ? sources[id] : undefined),
  });
  try {
    return await analysis.nodes(idsWithColumns(manifest));
  } finally {
    await analyst.close();
  }
}

/** The project as it was committed, analysed in a folder of its own with the packages that are installed now. */
async function atRevision(workspace: Workspace, revision: string): Promise<EarlierProject> {
  const { project, io, flags, invocation } = workspace;
  const folder = mkdtempSync(join(tmpdir(), 'xform-base-'));
  try {
    const root = join(folder, 'project');
    await exportRevision(project.root, revision, root, { env: invocation.env, signal: invocation.signal }).catch(
      (error: Error) => {
        const isNowhere = /not a git repository/.test(error.message);
        const reason = isNowhere ? 'it is not in a git repository' : error.message;
        throw new DiagnosticError(noRevision({ revision, reason }));
      },
    );
    bringAlong(workspace, root);
    const given = {
      profilesDir: flags.profilesDir ?? (existsSync(join(project.root, 'profiles.yml')) ? project.root : null),
      profile: flags.profile,
      target: flags.target,
      vars: flags.vars,
      logLevelFile: 'none',
      logLevel: 'none',
      partialParse: false,
      targetPath: join(folder, 'target'),
    };
    const opening = await open('check', { ...given, projectDir: root }, { ...io, stdout: () => {}, stderr: () => {} });
    try {
      const then = await opening.workspace();
      const parsed: Parsed = parseWorkspace(then, opening.render);
      const analysed = await analyse(then, parsed, idsWithColumns(parsed.manifest), { isPrinted: true });
      return { manifest: parsed.manifest, analysed, label: revision };
    } finally {
      opening.reporter.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is not committed and yet needed: installed packages and the columns of the sources. */
function bringAlong({ project, targetFolder }: Workspace, root: string): void {
  const packages = resolve(project.root, project.packagesInstallPath);
  const there = resolve(root, project.packagesInstallPath);
  if (existsSync(packages) && !existsSync(there)) symlinkSync(packages, there, 'dir');
  if (!existsSync(sourceColumnsFile(root))) writeSourceColumns(root, readSourceColumns(project.root, targetFolder));
}
