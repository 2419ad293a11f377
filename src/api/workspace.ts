import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Adapter, type Credentials, commonBehavior, parseOnlyWarehouse } from '../adapter/index.ts';
import { BehaviorValue, baseNames, type ProjectFacts, runtimeConfig } from '../builtins/index.ts';
import {
  type CommandName,
  type Diagnostic,
  DiagnosticError,
  dbtVersion,
  type EventSink,
  emit,
  type Flags,
  type GivenFlags,
  type Invocation,
  type Io,
  internalFile,
  invalidFlagValue,
  invocationArgs,
  jinjaFlags,
  resolveFlags,
  warningFate,
  xformVersion,
} from '../core/index.ts';
import {
  CompileCache,
  fromPlain,
  PyDateTime,
  PyDict,
  PyTimezone,
  toPlain,
  type Value,
  withWholeNumbers,
} from '../jinja/index.ts';
import type { Package } from '../parse/index.ts';
import {
  configRenderer,
  findFiles,
  findProject,
  loadDotenv,
  loadPackages,
  loadProject,
  loadYaml,
  type PackageVars,
  type Profile,
  type Project,
  readProjectFile,
  readSelectors,
  type SelectorEntry,
  varsFor,
} from '../project/index.ts';
import { type Reporter, renderDiagnostics, reporter } from '../report/index.ts';
import {
  adapterRegistered,
  behaviorChange,
  jinjaLogDebug,
  jinjaLogInfo,
  jinjaLogWarning,
  mainReportArgs,
  mainReportVersion,
  note,
  printEvent,
} from '../run/index.ts';
import { contractMismatch } from './contract-mismatch.ts';
import { fileReader } from './file-text.ts';
import { type ConfigFile, type FoundProject, foundProject, targetOf } from './found-project.ts';
import { packageRoot } from './package-root.ts';
import { tellProblems } from './tell-problems.ts';
import { writeYaml } from './write-yaml.ts';

/** A command with everything it stands on: flags, project, profile, adapter, and where it says what happens. */
export interface Workspace {
  readonly command: CommandName;
  readonly invocation: Invocation;
  readonly io: Io;
  readonly flags: Flags;
  readonly project: Project;
  readonly packages: readonly Package[];
  readonly profile: Profile;
  readonly adapter: Adapter;
  readonly credentials: Credentials;
  /** What selectors.yml says. */
  readonly selectors: readonly SelectorEntry[];
  readonly behavior: BehaviorValue;
  /** The projects and the command, as `builtins.ref.config` has them. */
  readonly runtimeConfig: Value;
  /** Names that are the same in all templates. */
  readonly base: ReadonlyMap<string, Value>;
  readonly vars: (pkg: string) => PackageVars;
  readonly cache: CompileCache | undefined;
  /** Absolute path of the folder for artifacts. */
  readonly targetFolder: string;
  /** The same as the user names it. */
  readonly targetPath: string;
  /** dbt's `args` of the invocation, for run_results.json. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** A command that has begun: it can speak, and may or may not have found its project. */
export interface Opening {
  readonly flags: Flags;
  readonly invocation: Invocation;
  readonly reporter: Reporter;
  /** Renders problems for the console, with code frames. */
  readonly render: (problems: readonly Diagnostic[], where?: string) => string;
  /** The file because of which there is no workspace. */
  readonly broken: ConfigFile | undefined;
  /** The workspace. Throws DiagnosticError where there is none. */
  readonly workspace: () => Promise<Workspace>;
}

const yamlReader = (text: string): unknown => {
  const loaded = loadYaml(text, '');
  if (loaded.problem) throw new DiagnosticError(loaded.problem);
  return toPlain(loaded.value as Value);
};

/**
 * Begins a command: settles the flags, finds project and profile, and starts to report. What is wrong with the project
 * is told when the workspace is asked for, after the first lines are printed.
 * @param also further sinks, for programs that embed xform
 */
export async function open(
  command: CommandName,
  given: GivenFlags,
  io: Io,
  also: readonly EventSink[] = [],
): Promise<Opening> {
  const { env } = loadDotenv(io.cwd, io.env);
  let root: string | undefined;
  let trouble: unknown;
  let settled = resolveFlags({ command, given, env, yaml: yamlReader });
  checkProjectDir(io.cwd, settled.flags.projectDir);
  try {
    root = findProject(io.cwd, settled.flags.projectDir);
    const project = readProjectFile(root).data.get('flags');
    if (project instanceof PyDict)
      settled = resolveFlags({
        command,
        given,
        env,
        project: withWholeNumbers(toPlain(project)) as Record<string, unknown>,
        yaml: yamlReader,
      });
  } catch (error) {
    trouble = error;
  }
  const { flags } = settled;
  const wrong = settled.problems.filter((problem) => problem.severity === 'error');
  if (wrong.length) throw new DiagnosticError(...wrong);
  let found: FoundProject | undefined;
  let reading: ConfigFile = 'dbt_project.yml';
  if (root !== undefined && trouble === undefined) {
    try {
      found = await foundProject(flags, io, env, root, (file) => {
        reading = file;
      });
    } catch (error) {
      trouble = error;
    }
  }
  const startedAt = new Date();
  const id = flags.invocationId ?? randomUUID();
  const base = root ?? io.cwd;
  const logFolder = resolve(base, flags.logPath ?? found?.project.logPath ?? 'logs');
  const report = reporter({
    flags,
    sources: settled.sources,
    io: { ...io, env },
    invocationId: id,
    logFilePath: root === undefined ? undefined : join(logFolder, 'dbt.log'),
    secrets: [...(found?.profile.secrets ?? []), ...(found?.credentials.secrets ?? [])],
    also,
  });
  const invocation: Invocation = {
    id,
    startedAt,
    env,
    cwd: io.cwd,
    now: () => new Date(),
    get signal() {
      return io.signal();
    },
    sink: report.sink,
  };
  const render = (problems: readonly Diagnostic[], where?: string): string =>
    renderDiagnostics(problems, { read: fileReader(base), colors: report.colors, width: io.columns, where });
  emit(invocation, mainReportVersion(xformVersion(), dbtVersion));
  for (const problem of settled.problems)
    if (problem.severity === 'warning') emit(invocation, note(`[WARNING]: ${render([problem])}`, 'warn'));
  return {
    flags,
    invocation,
    reporter: report,
    render,
    broken: found ? undefined : reading,
    workspace: async () => {
      if (!found || root === undefined) throw trouble;
      return complete(command, flags, io, invocation, found, render);
    },
  };
}

/** Commands that a project can be read with where nobody can connect. (`debug` says so itself, after what it found.) */
const readsOnly: ReadonlySet<CommandName> = new Set([
  'check',
  'clean',
  'debug',
  'deps',
  'docs generate',
  'docs serve',
  'impact',
  'lineage',
  'list',
  'parse',
]);

/** A folder that was named and is not there is a slip of the command line, and told as one. */
function checkProjectDir(cwd: string, named: string | null): void {
  if (named === null || existsSync(resolve(cwd, named))) return;
  throw new DiagnosticError(invalidFlagValue({ option: '--project-dir', reason: `Path '${named}' does not exist.` }));
}

function complete(
  command: CommandName,
  flags: Flags,
  io: Io,
  invocation: Invocation,
  found: FoundProject,
  render: Opening['render'],
): Workspace {
  const { profile, adapter, credentials } = found;
  if (adapter.parseOnly && !readsOnly.has(command))
    throw new DiagnosticError(parseOnlyWarehouse({ type: adapter.type, command }));
  const { packagesInstallPath } = flags;
  const project = packagesInstallPath === null ? found.project : { ...found.project, packagesInstallPath };
  const targetPath = flags.targetPath ?? project.targetPath;
  const settled = {
    projectDir: project.root,
    targetPath,
    logPath: flags.logPath ?? project.logPath,
    profilesDir: flags.profilesDir ?? undefined,
  };
  const args = invocationArgs(flags, settled);
  emit(invocation, mainReportArgs(args));
  emit(invocation, adapterRegistered(adapter.type, adapter.version));
  if (profile.note) emit(invocation, note(profile.note));
  const target = targetOf(profile, credentials);
  const cliVars = fromPlain(flags.vars) as PyDict;
  const names = new Map<string, Value>([['target', fromPlain(target)]]);
  const plain = configRenderer({ env: invocation.env, vars: cliVars, base: names });
  const loaded = loadPackages(project, {
    render: plain,
    renderPackages: configRenderer({ env: invocation.env, vars: cliVars, base: names, allowSecrets: true }),
    versionCheck: flags.versionCheck,
  });
  tellProblems({ flags, invocation }, [...found.warnings, ...loaded.warnings], render);
  const packages: Package[] = loaded.projects.map((pkg) => ({
    project: pkg,
    files: findFiles(pkg, { rootProject: project.root, maximumSeedSizeMib: flags.maximumSeedSizeMib }),
    internal: false,
  }));
  const home = packageRoot();
  for (const folder of [
    // A warehouse that can only be parsed has no macros of its own.
    ...[adapter.type, ...adapter.parents].map((type) => join(home, 'adapters', type, 'macros')).filter(existsSync),
    join(home, 'macros'),
  ]) {
    const { project: pkg } = loadProject(readProjectFile(folder), plain);
    const files = findFiles(pkg, { shown: (path) => internalFile(pkg.name, path) });
    packages.push({ project: pkg, files: files.filter((file) => file.kind === 'macro'), internal: true });
  }
  const varsByPackage = new Map<string, PackageVars>();
  const vars = (pkg: string): PackageVars => {
    let known = varsByPackage.get(pkg);
    if (!known) {
      const own = packages.find((p) => p.project.name === pkg)?.project.vars ?? project.vars;
      known = varsFor(pkg, { cli: cliVars, root: project.vars, own });
      varsByPackage.set(pkg, known);
    }
    return known;
  };
  return {
    command,
    invocation,
    io,
    flags,
    project,
    packages,
    profile,
    adapter,
    credentials,
    selectors: readSelectors(project.root, plain),
    behavior: new BehaviorValue({
      switches: [...commonBehavior, ...(adapter.behavior ?? [])],
      set: flags.projectBehavior,
      warn: (message, { name }) => {
        const event = behaviorChange(message, name);
        const fate = warningFate(flags, event);
        if (fate === 'warn') emit(invocation, event);
        return fate;
      },
    }),
    runtimeConfig: runtimeConfig({
      projects: packages.map(({ project: pkg }) => projectFacts(pkg)),
      profile: { profile_name: target.profile_name, target_name: target.name, threads: target.threads },
      cliVars,
      args,
    }),
    base: baseNames({
      dbtVersion,
      invocationId: invocation.id,
      startedAt: PyDateTime.ofMoment(BigInt(invocation.startedAt.getTime()) * 1000n, new PyTimezone(0)),
      projectName: project.name,
      flags: fromPlain(jinjaFlags(flags, settled)),
      invocationArgs: args,
      target,
      metadataEnv: metadataEnv(invocation.env),
      output: {
        log: (message, visible) => emit(invocation, visible ? jinjaLogInfo(message) : jinjaLogDebug(message)),
        print: (message) => emit(invocation, printEvent(message)),
        warn: (message) => {
          const event = jinjaLogWarning(message);
          const fate = warningFate(flags, event);
          if (fate === 'warn') emit(invocation, event);
          return fate;
        },
      },
      yaml: {
        read: (text) => {
          const yaml = loadYaml(text, '');
          if (yaml.problem) throw new DiagnosticError(yaml.problem);
          return yaml.value as Value;
        },
        write: writeYaml,
      },
      contractMismatch,
    }),
    vars,
    cache: CompileCache.open(),
    targetFolder: resolve(project.root, targetPath),
    targetPath,
    args,
  };
}

const projectFacts = (project: Project): ProjectFacts => ({
  name: project.name,
  vars: project.vars,
  more: {
    version: project.version,
    project_root: project.root,
    model_paths: project.modelPaths,
    seed_paths: project.seedPaths,
    test_paths: project.testPaths,
    snapshot_paths: project.snapshotPaths,
    analysis_paths: project.analysisPaths,
    macro_paths: project.macroPaths,
    target_path: project.targetPath,
    log_path: project.logPath,
    packages_install_path: project.packagesInstallPath,
    quoting: project.quoting,
  },
});

/** Variables DBT_ENV_CUSTOM_ENV_*, without the prefix. */
function metadataEnv(env: Invocation['env']): Record<string, string> {
  const prefix = 'DBT_ENV_CUSTOM_ENV_';
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (name.startsWith(prefix) && value !== undefined) found[name.slice(prefix.length)] = value;
  return found;
}
