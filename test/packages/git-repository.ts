import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A bare repository: a commit tagged `v1`, then one on `main`, then one on the branch `dev`. */
export function gitRepository(files: Readonly<Record<string, string>>): {
  url: string;
  shas: Record<'v1' | 'main' | 'dev', string>;
} {
  const home = mkdtempSync(join(tmpdir(), 'xform-git-'));
  const work = join(home, 'work');
  mkdirSync(work);
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b.c',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b.c',
  };
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: work, env, encoding: 'utf8' }).trim();
  const commit = (change: Readonly<Record<string, string>>): string => {
    for (const [path, text] of Object.entries(change)) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    git('add', '.');
    git('commit', '-qm', 'x');
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main');
  const v1 = commit(files);
  git('tag', '-a', 'v1', '-m', 'v1');
  const main = commit({ stage: 'main' });
  git('checkout', '-qb', 'dev');
  const dev = commit({ stage: 'dev' });
  git('checkout', '-q', 'main');
  const bare = join(home, 'repo.git');
  execFileSync('git', ['clone', '-q', '--bare', work, bare], { env });
  return { url: `file://${bare}`, shas: { v1, main, dev } };
}
