import { type MacroIndex, macroNames } from '../builtins/index.ts';
import { type Diagnostic, nearest, type Span } from '../core/index.ts';
import { undefinedMacro } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import { placeWithin } from './places.ts';

/**
 * Calls of macros that are not there, in macros that enabled nodes call. Each is told of once, however many call it. A
 * call in a node's own template may stay: it fails where the node is run, if it is.
 */
export function checkCalls(draft: Draft): void {
  const told = new Set<string>();
  for (const node of draft.nodes.values()) {
    const calls = draft.recordings.get(node.unique_id)?.undefinedCalls ?? [];
    for (const { wanted, at } of calls) {
      const key = `${at.file}\u0000${at.start}`;
      if (!at.via?.length || told.has(key)) continue;
      told.add(key);
      const place = placeWithin(draft.places.get(node.unique_id), at);
      draft.problems.push(undefinedName(draft.macros, node.package_name, wanted, place));
    }
  }
}

/**
 * That nothing defines a name of a template, with what was most likely meant.
 * @param from the package of the template
 */
export function undefinedName(index: MacroIndex, from: string, path: string, at: Span): Diagnostic {
  const [first = path, member] = path.split('.');
  if (member === undefined) return undefinedMacro({ name: path, near: nearMacro(index, from, path) }, { at });
  const members = first === 'dbt' ? internalNames(index) : index.packages.get(first)?.keys();
  if (members === undefined) {
    const near = nearest(first, index.packages.keys());
    return undefinedMacro({ name: first, near: near && path.replace(first, near), package: first }, { at });
  }
  const near = nearest(member, members);
  return undefinedMacro({ name: path, near: near && `${first}.${near}` }, { at });
}

const internalNames = (index: MacroIndex): string[] =>
  index.internal.flatMap((pkg) => [...(index.packages.get(pkg)?.keys() ?? [])]);

/** What a bare name most likely means: a macro of that very name in a package, else one that can be called bare. */
function nearMacro(index: MacroIndex, from: string, name: string): string | undefined {
  const bare = new Set([from, index.root, ...index.internal]);
  for (const [pkg, macros] of index.packages) if (!bare.has(pkg) && macros.has(name)) return `${pkg}.${name}`;
  const here = [...bare].flatMap((pkg) => [...(index.packages.get(pkg)?.keys() ?? [])]);
  const near = nearest(name, here);
  if (near !== undefined) return near;
  const far = nearest(name, macroNames(index));
  if (far === undefined) return undefined;
  for (const [pkg, macros] of index.packages) if (macros.has(far)) return `${pkg}.${far}`;
  return undefined;
}
