import { wildcardSource } from '../fnmatch.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { normalised } from '../project-paths.ts';
import type { Method } from './method.ts';

/**
 * `path:`: a file, a folder with all in it, or a pattern of these; properties files select what they describe. The
 * pattern is held against the files of the root project; nodes of packages come along where their path is the same.
 */
export const path: Method = ({ text, context }) => {
  const named = matchingPaths(text, context.paths());
  return (node) => {
    const described = node.patch_path?.split('://')[1];
    if (described !== undefined && named.has(described)) return true;
    let at = normalised(node.original_file_path);
    while (!named.has(at)) {
      const slash = at.lastIndexOf('/');
      if (slash === -1) return false;
      at = at.slice(0, slash);
    }
    return true;
  };
};

function matchingPaths(text: string, { files, folders }: ProjectPaths): ReadonlySet<string> {
  const segments = normalised(text)
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
  const pattern = new RegExp(`^${globSource(segments)}$`, 'u');
  const named = new Set<string>();
  for (const folder of folders) if (pattern.test(folder)) named.add(folder);
  // A pattern that ends in `**` means folders only.
  if (segments.at(-1) !== '**') for (const file of files) if (pattern.test(file)) named.add(file);
  return named;
}

/** Patterns go by folder: `*` stays within one, `**` crosses any number, none among them. */
function globSource(segments: readonly string[]): string {
  let source = '';
  let slash = '';
  for (const segment of segments) {
    if (segment !== '**') {
      source += slash + wildcardSource(segment, '[^/]');
      slash = '/';
    } else source += slash === '' ? '(?:[^/]+(?:/|$))*' : '(?:/[^/]+)*';
  }
  return source;
}
