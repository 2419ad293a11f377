import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Manifest } from '../artifacts/index.ts';
import type { AnalysedNode } from '../compile/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { exportRevision } from '../packages/index.ts';
import type { Parsed } from '../parse/index.ts';
import { StateFolder } from '../state/index.ts';
import { analyse } from './analyse.ts';
import { idsWithColumns } from './column-lineage.ts';
import { noBase, noRevision } from './diagnostics.ts';
import { KeptAnalyses } from './kept-analyses.ts';
import { parseWorkspace } from './parse-workspace.ts';
import { sourceColumnsFile } from './source-columns.ts';
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
export async function earlierProject(workspace: Workspace): Promise<EarlierProject> {
  const { flags, project } = workspace;
  if (flags.base !== null) return atRevision(workspace, flags.base);
  if (flags.state === null) throw new DiagnosticError(noBase({}));
  const folder = resolve(project.root, flags.state);
  const manifest = new StateFolder(folder).manifest();
  const kept = new KeptAnalyses(join(folder, 'analysis.json'));
  const known = idsWithColumns(manifest).flatMap((id) => kept.node(id) ?? []);
  return { manifest, analysed: new Map(known.map((node) => [node.uniqueId, node])), label: flags.state };
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
      const analysed = await analyse(then, parsed, idsWithColumns(parsed.manifest));
      return { manifest: parsed.manifest, analysed, label: revision };
    } finally {
      opening.reporter.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is not committed and yet needed: installed packages and the columns of the sources. */
function bringAlong({ project }: Workspace, root: string): void {
  const packages = resolve(project.root, project.packagesInstallPath);
  const there = resolve(root, project.packagesInstallPath);
  if (existsSync(packages) && !existsSync(there)) symlinkSync(packages, there, 'dir');
  const columns = sourceColumnsFile(project.root);
  if (existsSync(columns) && !existsSync(sourceColumnsFile(root)))
    cpSync(columns, sourceColumnsFile(root), { recursive: true });
}
