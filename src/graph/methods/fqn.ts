import { fnmatch, hasWildcard } from '../fnmatch.ts';
import type { SelectableNode } from '../selectable.ts';
import type { Method } from './method.ts';

type FqnTest = (fqn: readonly string[], versioned: boolean) => boolean;

/** `fqn:`: a node's name, or the beginning of its path of folders, with or without the package in front. */
export const fqn: Method = ({ text }) => {
  const fits = fqnTest(text);
  return (node) => {
    if (node.resource_type === 'source') return false;
    const versioned = isVersioned(node);
    return fits(node.fqn, versioned) || (node.fqn.length > 1 && fits(node.fqn.slice(1), versioned));
  };
};

function isVersioned(node: SelectableNode): boolean {
  return node.resource_type === 'model' && node.version !== undefined && node.version !== null;
}

function fqnTest(text: string): FqnTest {
  const parts = text.split('.');
  const versionedName = parts.slice(-2).join('_');
  const wild = parts.findIndex(hasWildcard);
  const exact = wild === -1 ? parts : parts.slice(0, wild);
  const fitsRest = wild === -1 ? undefined : fnmatch(parts.slice(wild).join('.'));
  // A pattern without dots also fits the bare name, however deep the node lies.
  const fitsName = wild !== -1 && parts.length === 1 ? fitsRest : undefined;
  return (path, versioned) => {
    const name = versioned ? path.at(-2) : path.at(-1);
    if (name === text) return true;
    if (versioned && path.slice(-2).join('_') === versionedName) return true;
    const flat = path.some((segment) => segment.includes('.')) ? path.flatMap((segment) => segment.split('.')) : path;
    if (flat.length < parts.length) return false;
    if (!exact.every((part, index) => flat[index] === part)) return false;
    if (fitsRest === undefined) return true;
    return fitsRest(flat.slice(wild).join('.')) || (name !== undefined && fitsName?.(name) === true);
  };
}
