import { groupNode } from '../artifacts/index.ts';
import type { Draft } from './draft.ts';
import { plainAt, textAt } from './patch.ts';

/** Adds the groups of all packages. */
export function addGroups(draft: Draft): void {
  for (const patch of draft.patches.bySection.get('groups') ?? []) {
    const unique_id = `group.${patch.package}.${patch.name}`;
    const config = plainAt(patch.value, 'config') ?? {};
    draft.groups.set(
      unique_id,
      groupNode({
        name: patch.name,
        package_name: patch.package,
        path: patch.file.relative,
        original_file_path: patch.file.path,
        unique_id,
        owner: { email: null, name: null, ...plainAt(patch.value, 'owner') },
        description: textAt(patch.value, 'description') ?? null,
        config: { meta: {}, ...config },
      }),
    );
    draft.places.set(unique_id, { file: patch.file, yamlPath: patch.path });
  }
}
