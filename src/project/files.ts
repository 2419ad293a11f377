import { type Dirent, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { DiagnosticError } from '../core/index.ts';
import { unreadableFile } from './diagnostics.ts';
import { readIgnoreFile } from './ignore-file.ts';
import type { Project } from './project.ts';
import { type FileKind, SourceFile } from './source-file.ts';

/** How files are looked for. */
export interface FileSearch {
  /** Where shown paths start; the project's own root by default. */
  readonly rootProject?: string;
  /** Makes the shown path of a file that no user wrote. */
  readonly shown?: (path: string) => string;
  /** `--maximum-seed-size-mib`; 1 by default, 0 for no limit. */
  readonly maximumSeedSizeMib?: number;
}

interface Rule {
  readonly kind: FileKind;
  readonly folders: readonly string[];
  readonly extensions: readonly string[];
  /** First steps below the folder that belong to another kind. */
  readonly except?: ReadonlySet<string>;
}

/** Every file of a project that means something, each once per kind, in the order of their paths. */
export function findFiles(project: Project, search: FileSearch = {}): readonly SourceFile[] {
  const { root } = project;
  const ignored = readIgnoreFile(root);
  const shownRoot = relative(search.rootProject ?? root, root).replaceAll(sep, '/');
  const maximumSeedSize = (search.maximumSeedSizeMib ?? 1) * 1024 * 1024;
  const listings = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  const files: SourceFile[] = [];
  for (const { kind, folders, extensions, except } of rulesOf(project)) {
    for (const written of folders) {
      const folder = clean(written);
      let listing = listings.get(folder);
      if (listing === undefined) {
        listing = walk(join(root, folder), folder);
        listings.set(folder, listing);
      }
      for (const below of listing) {
        if (!hasExtension(below, extensions)) continue;
        if (except?.has(below.slice(0, Math.max(0, below.indexOf('/'))))) continue;
        const path = folder === '' ? below : `${folder}/${below}`;
        const key = `${kind}\0${path}`;
        if (seen.has(key) || ignored?.(path) || (kind === 'properties' && PROJECT_FILES.has(path))) continue;
        seen.add(key);
        const shown = search.shown?.(path) ?? (shownRoot === '' ? path : `${shownRoot}/${path}`);
        const absolute = join(root, path);
        files.push(
          new SourceFile({ package: project.name, kind, folder, relative: below, absolute, shown, maximumSeedSize }),
        );
      }
    }
  }
  return files;
}

/** YAML files of the project itself, which a path of `.` would take for properties. */
const PROJECT_FILES = new Set([
  'dbt_project.yml',
  'packages.yml',
  'dependencies.yml',
  'profiles.yml',
  'selectors.yml',
  'vars.yml',
  'package-lock.yml',
]);

const sql = ['.sql'];

function rulesOf(project: Project): readonly Rule[] {
  const { modelPaths, seedPaths, snapshotPaths, analysisPaths, macroPaths, testPaths, functionPaths, docsPaths } =
    project;
  const everywhere = [modelPaths, seedPaths, snapshotPaths, analysisPaths, macroPaths, testPaths, functionPaths].flat();
  const inTests = (name: string): string[] => testPaths.map((path) => `${clean(path)}/${name}`);
  return [
    { kind: 'macro', folders: macroPaths, extensions: sql },
    { kind: 'model', folders: modelPaths, extensions: ['.sql', '.py'] },
    { kind: 'snapshot', folders: snapshotPaths, extensions: sql },
    { kind: 'analysis', folders: analysisPaths, extensions: sql },
    { kind: 'test', folders: testPaths, extensions: sql, except: new Set(['generic', 'fixtures']) },
    { kind: 'genericTest', folders: inTests('generic'), extensions: sql },
    { kind: 'seed', folders: seedPaths, extensions: ['.csv'] },
    { kind: 'docs', folders: docsPaths, extensions: ['.md'] },
    { kind: 'properties', folders: everywhere, extensions: ['.yml', '.yaml'] },
    { kind: 'fixture', folders: inTests('fixtures'), extensions: ['.csv', '.sql'] },
    { kind: 'function', folders: functionPaths, extensions: ['.sql', '.py', '.js'] },
  ];
}

/** A path as it is compared: with `/`, without `./` in front or `/` behind. */
function clean(path: string): string {
  if (isAbsolute(path)) return path;
  return path
    .replaceAll(sep, '/')
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
}

/**
 * Files below a folder, relative to it, sorted. Links to folders are not followed, as in dbt; links to files are. Throws a
 * DiagnosticError for a folder that may not be read: its models would be missing without a word.
 */
function walk(top: string, shown: string): string[] {
  const found: string[] = [];
  const visit = (folder: string, prefix: string): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      // A path that is configured but not there: most projects have some.
      if (/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return;
      const file = `${shown}/${prefix}`.replace(/\/$/, '');
      throw new DiagnosticError(unreadableFile({ file, reason: (error as Error).message }));
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.isDirectory()) visit(`${folder}/${entry.name}`, `${prefix}${entry.name}/`);
      else if (!/^[!.#~]/.test(entry.name)) found.push(prefix + entry.name);
    }
  };
  visit(top, '');
  return found;
}

function hasExtension(path: string, extensions: readonly string[]): boolean {
  const dot = path.lastIndexOf('.');
  return dot !== -1 && extensions.includes(path.slice(dot).toLowerCase());
}
