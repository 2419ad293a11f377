import { addTo } from '../core/index.ts';
import { type ConfigSection, findUnusedConfig } from '../project/index.ts';
import { SECTIONS } from './config.ts';
import type { Draft } from './draft.ts';

/** Configs of the root project's dbt_project.yml that no resource has. */
export function checkUnusedConfig(draft: Draft): void {
  // With an error, resources may be missing that have them.
  if (draft.problems.some(({ severity }) => severity === 'error')) return;
  const used = new Map<ConfigSection, (readonly string[])[]>();
  const all = [draft.nodes, draft.sources, draft.exposures, draft.metrics, draft.semanticModels];
  for (const map of [...all, draft.savedQueries, draft.unitTests, draft.functions]) {
    for (const { resource_type: type, fqn } of map.values()) {
      const section = SECTIONS[type as keyof typeof SECTIONS];
      if (section) addTo(used, section, fqn);
    }
  }
  const disabled = [...draft.disabled.values()].flat().map(({ fqn }) => fqn);
  const unused = findUnusedConfig(draft.root.project, used, disabled);
  if (unused) draft.problems.push(unused);
}
