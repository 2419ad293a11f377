import type { Diagnostic } from '../core/index.ts';
import { PyDict } from '../jinja/index.ts';
import { unusedConfigPaths } from './diagnostics.ts';
import { type ConfigSection, configSections, type Project } from './project.ts';

/**
 * The warning about configs of dbt_project.yml that apply to no node; undefined where there are none. `used` holds the
 * fqn of every node by section, `disabled` those of disabled nodes of any kind.
 */
export function findUnusedConfig(
  project: Project,
  used: ReadonlyMap<ConfigSection, Iterable<readonly string[]>>,
  disabled: Iterable<readonly string[]> = [],
): Diagnostic | undefined {
  const off = prefixes(disabled, new Set());
  const unused: string[] = [];
  for (const section of configSections) {
    if (section === 'analyses') continue;
    const known = prefixes(used.get(section) ?? [], new Set());
    for (const path of configuredPaths(project.configs[section])) {
      const key = path.join('\0');
      if (!known.has(key) && !off.has(key)) unused.push([shownSection(section), ...path].join('.'));
    }
  }
  return unused.length === 0 ? undefined : unusedConfigPaths({ paths: unused });
}

/** Every way down to a level that sets something, each once, in the order of the file. */
function configuredPaths(root: PyDict): string[][] {
  const paths: string[][] = [];
  const visit = (level: PyDict, path: string[]): void => {
    let sets = false;
    for (const [key, value] of level.entries()) {
      const name = String(key);
      if (value instanceof PyDict && !name.startsWith('+')) visit(value, [...path, name]);
      else sets = true;
    }
    if (sets) paths.push(path);
  };
  visit(root, []);
  return paths;
}

function prefixes(fqns: Iterable<readonly string[]>, into: Set<string>): Set<string> {
  for (const fqn of fqns) for (let n = 0; n <= fqn.length; n++) into.add(fqn.slice(0, n).join('\0'));
  return into;
}

function shownSection(section: ConfigSection): string {
  return section.replaceAll('-', '_');
}
