import type { SelectableNode } from './selectable.ts';

/** What a project has on disk, as far as its nodes show it. */
export interface ProjectPaths {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** The files nodes were written or described in, and the folders above them: of one package, or of all. */
export function projectPaths(nodes: readonly SelectableNode[], packageName: string | undefined): ProjectPaths {
  const files = new Set<string>();
  const folders = new Set<string>();
  const add = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) return;
      folders.add(folder);
    }
  };
  for (const node of nodes) {
    if (packageName === undefined || node.package_name === packageName) add(normalised(node.original_file_path));
    const [owner, described] = node.patch_path?.split('://') ?? [];
    if (described !== undefined && (packageName === undefined || owner === packageName)) add(described);
  }
  return { files, folders };
}

/** With forward slashes, and without a `./` in front. */
export function normalised(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}
