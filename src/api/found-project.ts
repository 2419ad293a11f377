import { type Adapter, adapterTypes, type Credentials, loadAdapter, parseOnlyTypes } from '../adapter/index.ts';
import { type Diagnostic, DiagnosticError, type Flags, type Invocation, type Io, nearest } from '../core/index.ts';
import { fromPlain, type PyDict, toPlain, withWholeNumbers } from '../jinja/index.ts';
import {
  configRenderer,
  loadProfile,
  loadProject,
  type Profile,
  type Project,
  profileNameOf,
  readProjectFile,
} from '../project/index.ts';
import { unknownAdapter } from './diagnostics.ts';

/** The two files that every command needs. */
export type ConfigFile = 'dbt_project.yml' | 'profiles.yml';

/** What a project turned out to be, as far as it could be read. */
export interface FoundProject {
  readonly project: Project;
  readonly profile: Profile;
  readonly adapter: Adapter;
  readonly credentials: Credentials;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads dbt_project.yml and the profile, and loads the adapter. Throws DiagnosticError.
 * @param onRead is told which of the two files is read, so that it is known which one is wrong
 */
export async function foundProject(
  flags: Flags,
  io: Io,
  env: Invocation['env'],
  root: string,
  onRead: (file: ConfigFile) => void,
): Promise<FoundProject> {
  onRead('dbt_project.yml');
  const source = readProjectFile(root);
  const cliVars = fromPlain(flags.vars) as PyDict;
  const plain = configRenderer({ env, vars: cliVars });
  const projectProfile = profileNameOf(source, plain);
  onRead('profiles.yml');
  const profile = loadProfile(
    {
      cwd: io.cwd,
      profilesDir: flags.profilesDir,
      env,
      projectName: String(source.data.get('name') ?? 'project'),
      projectRoot: root,
      projectProfile,
      profile: flags.profile,
      target: flags.target,
      threads: flags.threads,
      local: flags.local,
    },
    configRenderer({ env, vars: cliVars, allowSecrets: true }),
  );
  const adapter = await loadAdapter(profile.type);
  if (!adapter) {
    const near = nearest(profile.type, [...adapterTypes, ...parseOnlyTypes]);
    throw new DiagnosticError(
      unknownAdapter({ type: profile.type, known: adapterTypes, parseOnly: parseOnlyTypes, near }),
    );
  }
  const result = adapter.credentials(withWholeNumbers(toPlain(profile.credentials)) as Record<string, unknown>, root);
  if ('problems' in result) throw new DiagnosticError(...result.problems);
  const { credentials } = result;
  const target = fromPlain(targetOf(profile, credentials));
  onRead('dbt_project.yml');
  const { project, warnings } = loadProject(
    source,
    configRenderer({ env, vars: cliVars, base: new Map([['target', target]]) }),
  );
  return { project, profile, adapter, credentials, warnings: [...warnings, ...(result.warnings ?? [])] };
}

/** Jinja's `target`. */
export function targetOf(profile: Profile, credentials: Credentials): Record<string, unknown> {
  return {
    ...credentials.target,
    type: profile.type,
    threads: profile.threads,
    name: profile.target,
    target_name: profile.target,
    profile_name: profile.name,
    schema: credentials.schema,
    database: credentials.database,
  };
}
