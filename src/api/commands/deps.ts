import { type Diagnostic, emit } from '../../core/index.ts';
import { fromPlain, PyDict, type Value } from '../../jinja/index.ts';
import {
  type AddSource,
  hubUrl,
  installDependencies,
  openHub,
  patience,
  readAddition,
  unpackLimits,
} from '../../packages/index.ts';
import { configRenderer, findProject, readProjectFile, renderTree } from '../../project/index.ts';
import { note } from '../../run/index.ts';
import type { Opening } from '../workspace.ts';

/** `deps`: settles the versions of packages and installs them. It needs neither a profile nor a warehouse. */
export async function deps({ flags, invocation, render }: Opening): Promise<void> {
  const { env, signal, cwd } = invocation;
  const root = findProject(cwd, flags.projectDir);
  const source = readProjectFile(root);
  const vars = fromPlain(flags.vars) as PyDict;
  // Nobody has been asked for a target yet; a project may mention it all the same.
  const base = new Map<string, Value>([['target', new PyDict()]]);
  const plain = configRenderer({ env, vars, base, requireVars: false });
  const read = (key: string): string | undefined => {
    const { value, problems } = renderTree(source.data.get(key) ?? null, plain, { ...source, path: [key] });
    return problems.length > 0 || value === null ? undefined : String(value);
  };
  const { addPackage, source: addSource } = flags;
  await installDependencies(
    {
      installPath: read('packages-install-path') ?? 'dbt_packages',
      upgrade: flags.upgrade,
      lockOnly: flags.lock,
      add: addPackage === null ? undefined : readAddition(addPackage, addSource as AddSource),
    },
    {
      root,
      projectName: read('name') ?? '',
      env,
      signal,
      render: configRenderer({ env, vars, base, allowSecrets: true, requireVars: false }),
      hub: openHub(hubUrl(env), { ...patience, signal, env }),
      versionCheck: flags.versionCheck,
      patience,
      limits: unpackLimits,
      say: (said) => emit(invocation, said),
      warn: (problem: Diagnostic) => emit(invocation, note(render([problem]), 'warn')),
    },
  );
}
