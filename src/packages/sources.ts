import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { badArchive, downloadFailed } from './diagnostics.ts';
import { type Checkout, checkOut } from './git.ts';
import type { PackageHost } from './package-host.ts';
import { type GitSpec, shownUrl } from './package-spec.ts';
import { TarError } from './tar.ts';
import { unpack } from './unpack.ts';
import { download, readLocalFile, WebError } from './web.ts';

/** An archive on disk. */
export interface Unpacked {
  readonly folder: string;
  /** Of the files in it. */
  readonly sha256: string;
}

/** Where repositories and archives come from. Each is fetched once a command, into a folder of ours. */
export interface Sources {
  git(spec: GitSpec, revision: string | undefined): Promise<Checkout>;
  archive(url: string, name: string): Promise<Unpacked>;
  /** Deletes what was fetched. */
  close(): void;
}

/** Archives larger than this are refused before they are unpacked. */
const mostArchiveBytes = 128 * 1024 * 1024;

/** Opens the folder for what is fetched. */
export function openSources(host: Pick<PackageHost, 'env' | 'signal' | 'patience' | 'limits'>): Sources {
  let home: string | undefined;
  let count = 0;
  const newFolder = (): string => {
    home ??= mkdtempSync(join(tmpdir(), 'xform-deps-'));
    return join(home, String(count++));
  };
  const checkouts = new Map<string, Promise<Checkout>>();
  const archives = new Map<string, Promise<Unpacked>>();

  const fetchArchive = async (url: string, name: string): Promise<Unpacked> => {
    const shown = shownUrl(url);
    try {
      const bytes = /^file:/i.test(url)
        ? await readLocalFile(url, mostArchiveBytes)
        : await download(url, { ...host.patience, signal: host.signal, env: host.env, mostBytes: mostArchiveBytes });
      const folder = newFolder();
      return { folder, sha256: unpack(bytes, folder, host.limits) };
    } catch (error) {
      if (error instanceof WebError)
        throw new DiagnosticError(downloadFailed({ name, url: shown, reason: error.message }));
      if (error instanceof TarError) throw new DiagnosticError(badArchive({ name, url: shown, reason: error.message }));
      throw error;
    }
  };

  return {
    git(spec, revision) {
      const key = (at: string | undefined): string => `${spec.key}\0${at ?? ''}`;
      let checkout = checkouts.get(key(revision));
      if (checkout === undefined) {
        checkout = checkOut(spec, revision, newFolder(), host).then((done) => {
          // The lock file asks for the commit that a branch or tag turned out to be.
          if (!checkouts.has(key(done.sha))) checkouts.set(key(done.sha), Promise.resolve(done));
          return done;
        });
        checkouts.set(key(revision), checkout);
      }
      return checkout;
    },
    archive(url, name) {
      let archive = archives.get(url);
      if (archive === undefined) {
        archive = fetchArchive(url, name);
        archives.set(url, archive);
      }
      return archive;
    },
    close() {
      if (home !== undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
