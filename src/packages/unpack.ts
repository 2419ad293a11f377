import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { readTarGz, TarError } from './tar.ts';

/** What an archive may need at most. */
export interface UnpackLimits {
  readonly bytes: number;
  readonly entries: number;
}

/** Far more than any package has, and less than hurts. */
export const unpackLimits: UnpackLimits = { bytes: 512 * 1024 * 1024, entries: 50_000 };

interface UnpackedFile {
  readonly data: Buffer;
  readonly isExecutable: boolean;
}

/** What is inside an archive, read and checked, on its way to the disk. Paths are relative to the package. */
interface Contents {
  readonly files: Map<string, UnpackedFile>;
  /** Path to target. */
  readonly links: Map<string, string>;
  readonly folders: Set<string>;
}

/**
 * Unpacks a .tar.gz with one folder in it, whose content becomes the new folder. Nothing is written outside, and no link
 * leads out. Gives the sha256 of the files: packing them once more, as servers do now and then, does not change it.
 * Throws a TarError.
 */
export function unpack(bytes: Buffer, folder: string, limits: UnpackLimits = unpackLimits): string {
  const contents = withoutTop(read(bytes, limits));
  mkdirSync(folder, { recursive: true });
  for (const path of contents.folders) mkdirSync(join(folder, path), { recursive: true });
  for (const [path, { data, isExecutable }] of contents.files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, data, { flag: 'wx', mode: isExecutable ? 0o755 : 0o644 });
  }
  // Links come last, so that nothing is written through one.
  for (const [path, target] of contents.links) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(target, join(folder, path));
  }
  const root = realpathSync(folder);
  for (const path of contents.links.keys()) {
    if (leadsOut(root, join(folder, path))) throw new TarError(`its link ${path} leads out of the package`);
  }
  return digest(contents);
}

function leadsOut(root: string, link: string): boolean {
  try {
    return relative(root, realpathSync(link)).split(/[\\/]/)[0] === '..';
  } catch {
    return false; // It leads nowhere.
  }
}

function read(bytes: Buffer, limits: UnpackLimits): Contents {
  const contents: Contents = { files: new Map(), links: new Map(), folders: new Set() };
  let entries = 0;
  for (const { type, path: written, target, isExecutable, data } of readTarGz(bytes, limits.bytes)) {
    entries += 1;
    if (entries > limits.entries) throw new TarError(`it has more than ${limits.entries} entries`);
    const path = safePath(written);
    if (path === '.') continue;
    for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
      if (contents.links.has(above) || contents.files.has(above))
        throw new TarError(`${path} lies below ${above}, which is no folder`);
    }
    if (type === 'folder') contents.folders.add(path);
    else if (type === 'file') contents.files.set(path, { data, isExecutable });
    else if (type === 'symlink') contents.links.set(path, safeTarget(path, target));
    else if (type === 'hardlink') {
      const original = contents.files.get(safePath(target));
      if (original === undefined) throw new TarError(`its link ${path} leads to ${target}, which is not in it`);
      contents.files.set(path, original);
    } else throw new TarError(`${path} is neither file, folder nor link`);
  }
  for (const path of contents.links.keys()) {
    if (contents.files.has(path) || contents.folders.has(path)) throw new TarError(`it has ${path} twice`);
  }
  for (const path of contents.folders) if (contents.files.has(path)) throw new TarError(`it has ${path} twice`);
  return contents;
}

/** A path inside the archive without detours. */
function safePath(written: string): string {
  const isOutside =
    written.startsWith('/') || written.includes('\\') || written.includes('\0') || /^[A-Za-z]:/.test(written);
  if (isOutside || written.split('/').includes('..'))
    throw new TarError(`its entry ${JSON.stringify(written)} would land outside of the package`);
  const path = posix.normalize(written).replace(/\/$/, '');
  return path === '' ? '.' : path;
}

/** A link may go up to folders of the package and then down. */
function safeTarget(path: string, target: string): string {
  const landing = posix.join(posix.dirname(path), target);
  const goesUpLate = /[^./][^/]*\/(?:.*\/)?\.\.(?:\/|$)/.test(target);
  if (
    target === '' ||
    target.includes('\\') ||
    posix.isAbsolute(target) ||
    landing.split('/')[0] === '..' ||
    goesUpLate
  ) {
    throw new TarError(`its link ${path} leads out of the package, to ${target}`);
  }
  return target;
}

/** Takes away the one folder that all lies in. An archive with the project at its top is taken as it is. */
function withoutTop(contents: Contents): Contents {
  if (contents.files.has('dbt_project.yml')) return contents;
  const paths = [...contents.files.keys(), ...contents.links.keys(), ...contents.folders];
  const tops = new Set(paths.map((path) => path.split('/')[0]!));
  const [top] = tops;
  if (tops.size !== 1 || top === undefined) {
    throw new TarError(`it must hold one folder with the project in it, and holds ${[...tops].slice(0, 4).join(', ')}`);
  }
  const inner = (path: string): string => path.slice(top.length + 1);
  for (const [path, target] of contents.links) {
    if (posix.join(posix.dirname(inner(path)), target).split('/')[0] === '..') {
      throw new TarError(`its link ${path} leads out of the package, to ${target}`);
    }
  }
  const moved = <T>(map: Map<string, T>): Map<string, T> =>
    new Map(Array.from(map, ([path, value]) => [inner(path), value]));
  return {
    files: moved(contents.files),
    links: moved(contents.links),
    folders: new Set(Array.from(contents.folders, inner).filter((path) => path !== '')),
  };
}

function digest({ files, links }: Contents): string {
  const hash = createHash('sha256');
  const all = [...files.keys(), ...links.keys()].sort();
  for (const path of all) {
    const file = files.get(path);
    if (file === undefined) hash.update(`link\0${path}\0${links.get(path)}\0`);
    else hash.update(`file\0${path}\0${file.isExecutable ? 'x' : '-'}\0${file.data.length}\0`).update(file.data);
  }
  return hash.digest('hex');
}
