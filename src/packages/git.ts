import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { DiagnosticError, nearest } from '../core/index.ts';
import { gitFailed, gitMissing, missingSubdirectory, unknownRevision } from './diagnostics.ts';
import { type GitSpec, shownUrl } from './package-spec.ts';
import { unpack } from './unpack.ts';

/** Where git runs. */
export interface GitHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** A repository on disk, at one commit. */
export interface Checkout {
  /** The folder of the package: the subdirectory, where one is asked for. */
  readonly folder: string;
  readonly sha: string;
}

/** Git says no. */
class GitError extends Error {}

const isSha = (revision: string): boolean => /^[0-9a-f]{40}$/.test(revision);

/** Gets a revision (tag before branch before commit; the default branch without one) into a new folder. Throws a DiagnosticError. */
export async function checkOut(
  spec: GitSpec,
  revision: string | undefined,
  folder: string,
  host: GitHost,
): Promise<Checkout> {
  const { url, subdirectory } = spec;
  const shown = shownUrl(url);
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): Promise<string> => runGit(args, folder, host);
  try {
    await git('init', '--quiet');
    const refs = revision !== undefined && isSha(revision) ? undefined : await remoteRefs(url, git);
    const ref = refs === undefined ? revision : refOf(revision, refs);
    try {
      await git('fetch', '--quiet', '--depth', '1', '--no-tags', '--', url, ref ?? missing(revision));
      await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    } catch (error) {
      if (!(error instanceof GitError) || revision === undefined) throw error;
      // A short hash, or a server that hands out no single commits: the whole history has it, or nobody.
      await git('fetch', '--quiet', '--', url, '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*');
      const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).catch(
        () => '',
      );
      if (commit === '') {
        const near = nearest(revision, Array.from((refs ?? (await remoteRefs(url, git))).keys(), shortName));
        throw new DiagnosticError(unknownRevision({ url: shown, revision, near }, { at: spec.at('revision') }));
      }
      await git('checkout', '--quiet', '--detach', commit);
    }
    const sha = await git('rev-parse', 'HEAD');
    // It holds the address, token and all, and nothing needs it.
    rmSync(join(folder, '.git'), { recursive: true, force: true });
    return { folder: subdirectory === undefined ? folder : inside(folder, subdirectory, spec), sha };
  } catch (error) {
    if (error instanceof GitError) {
      const reason = error.message.replaceAll(url, shown);
      throw new DiagnosticError(gitFailed({ url: shown, reason }, { at: spec.at(spec.isPrivate ? 'private' : 'git') }));
    }
    throw isMissing(error) ? new DiagnosticError(gitMissing({ url: shown }, { at: spec.at() })) : error;
  }
}

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException)?.code === 'ENOENT' &&
  (error as NodeJS.ErrnoException).syscall?.startsWith('spawn') === true;

function missing(revision: string | undefined): never {
  throw new GitError(revision === undefined ? 'it has no commits' : `it has no ref ${revision}`);
}

/** Every ref of a repository, with its commit. */
async function remoteRefs(url: string, git: (...args: string[]) => Promise<string>): Promise<Map<string, string>> {
  const listing = await git('ls-remote', '--', url);
  return new Map(
    listing
      .split('\n')
      .map((line) => line.split('\t'))
      .flatMap(([sha, ref]) => (sha && ref ? [[ref, sha] as const] : [])),
  );
}

function refOf(revision: string | undefined, refs: ReadonlyMap<string, string>): string | undefined {
  if (revision === undefined || revision === 'HEAD') return refs.has('HEAD') ? 'HEAD' : undefined;
  return [`refs/tags/${revision}`, `refs/heads/${revision}`, revision].find((ref) => refs.has(ref));
}

const shortName = (ref: string): string => ref.replace(/^refs\/(?:tags|heads)\//, '').replace(/\^\{\}$/, '');

function inside(folder: string, subdirectory: string, spec: GitSpec): string {
  const path = join(folder, subdirectory);
  if (existsSync(path) && statSync(path).isDirectory()) {
    const real = relative(realpathSync(folder), realpathSync(path));
    if (!real.startsWith('..')) return path;
  }
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.name === 'dbt_project.yml')
    .map((one) => relative(folder, one.parentPath))
    .filter((one) => one !== '');
  const near = nearest(subdirectory, folders) ?? folders[0];
  throw new DiagnosticError(
    missingSubdirectory({ url: shownUrl(spec.url), subdirectory, near }, { at: spec.at('subdirectory') }),
  );
}

/**
 * Writes a folder of a repository as it was at a revision into another folder. Throws an Error that says why it cannot.
 * @param root the folder, inside of a working tree
 */
export async function exportRevision(root: string, revision: string, folder: string, host: GitHost): Promise<void> {
  const commit = await runGit(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`], root, host);
  const archive = join(mkdtempSync(join(tmpdir(), 'xform-git-')), 'revision.tar.gz');
  try {
    await runGit(['archive', '--format=tar.gz', '--prefix=project/', '-o', archive, commit, '.'], root, host);
    unpack(readFileSync(archive), folder);
  } finally {
    rmSync(dirname(archive), { recursive: true, force: true });
  }
}

/** Runs git without letting it ask anybody anything. */
function runGit(args: readonly string[], cwd: string, { env, signal }: GitHost): Promise<string> {
  const surroundings: Record<string, string | undefined> = {
    ...env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    SSH_ASKPASS: 'true',
    GIT_SSH_COMMAND: env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes',
  };
  // Set where we run inside a git hook, and about another repository.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'])
    delete surroundings[name];
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: surroundings, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8').trim());
      else reject(new GitError(saying(Buffer.concat(err).toString('utf8')) || `git ${args[0]} ends with ${code}`));
    });
  });
}

/** The lines of git's complaint that say something. */
function saying(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const loud = lines.filter((line) => /^(?:fatal|error|remote):|denied|not found/i.test(line));
  return (loud.length > 0 ? loud : lines)
    .slice(0, 3)
    .join('; ')
    .replaceAll(/(\w+:\/\/)[^/@\s]*@/g, '$1***@');
}
