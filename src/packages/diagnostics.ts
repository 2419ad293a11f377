import { diagnostic } from '../core/index.ts';

const didYouMean = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `did you mean '${near}'?`;

/** Who wants what of a package. */
export interface Wish {
  /** `packages.yml`, or the package that asks. */
  readonly by: string;
  readonly wants: string;
}

const listed = (wishes: readonly Wish[]): string =>
  wishes.map(({ by, wants }) => `\n  ${by} asks for ${wants}`).join('');

const some = (names: readonly string[], most = 8): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');

/** An entry of a packages file that cannot be understood. */
export const invalidPackage = diagnostic<{ file: string; reason: string; hint?: string }>('XF1401', {
  category: 'Runtime',
  message: ({ file, reason }) => `${file} is malformed: ${reason}`,
  help: ({ hint }) => [
    hint ??
      "an entry of packages: is {package: owner/name, version: '1.2.3'}, {git: url}, {local: ../path} or {tarball: url, name: my_package}",
  ],
});

/** A hub package without a version. */
export const missingVersion = diagnostic<{ name: string; file: string }>('XF1402', {
  category: 'Runtime',
  message: ({ name, file }) => `${name} in ${file} is missing the version, which a package from the hub must have`,
  help: ({ name }) => [`add a line version: [">=1.0.0", "<2.0.0"], or type: xform deps --add-package ${name}@VERSION`],
});

/** A version that is none. */
export const invalidVersion = diagnostic<{ name: string; written: string; by: string; hint?: string }>('XF1403', {
  category: 'Runtime',
  message: ({ name, written, by }) =>
    `"${written}" is not a valid semantic version (package ${name}, asked for by ${by})`,
  help: ({ hint }) => [
    hint ?? 'write three numbers, with one of = > >= < <= before them where a range is meant: ">=1.2.0"',
  ],
});

/** A package that the hub does not know. */
export const unknownPackage = diagnostic<{ name: string; by: string; hub: string; near?: string }>('XF1404', {
  category: 'Runtime',
  message: ({ name, by, hub }) => `Package ${name} (asked for by ${by}) was not found in the package index of ${hub}`,
  help: ({ near }) => [didYouMean(near) ?? 'check the name: owner/name, as in dbt-labs/dbt_utils'],
});

/** No version is in the range. */
export const noVersionFits = diagnostic<{
  name: string;
  wishes: readonly Wish[];
  /** Newest first. */
  available: readonly string[];
  /** In the range, but made for other releases of dbt. */
  incompatible: readonly string[];
  /** In the range, but prereleases. */
  prereleases: readonly string[];
  dbt: string;
}>('XF1405', {
  category: 'Runtime',
  message: ({ name, wishes }) => `Could not find a matching version of package ${name}:${listed(wishes)}`,
  help: ({ available, incompatible, prereleases, dbt }) => [
    incompatible.length > 0
      ? `${some(incompatible)} would fit, but ask for another dbt than ${dbt}; --no-version-check takes them all the same`
      : undefined,
    prereleases.length > 0 ? `${some(prereleases)} would fit with install_prerelease: true` : undefined,
    available.length > 0 ? `there are: ${some(available)}` : 'the hub has no version that can be installed',
  ],
});

/** Ranges that exclude each other. */
export const versionConflict = diagnostic<{ name: string; wishes: readonly Wish[] }>('XF1406', {
  category: 'Runtime',
  message: ({ name, wishes }) =>
    `Version error for package ${name}: no version can satisfy all who ask for it${listed(wishes)}`,
  help: () => ['widen one of the ranges, or take a release of the asking package that agrees with the others'],
});

/** The hub cannot be asked. */
export const hubUnreachable = diagnostic<{ url: string; reason: string }>('XF1407', {
  category: 'Runtime',
  message: ({ url, reason }) => `The package hub cannot be reached at ${url}: ${reason}`,
  help: () => ['check network and proxy, or name another hub with the variable DBT_PACKAGE_HUB_URL'],
});

/** The hub says something that is no answer. */
export const invalidHubAnswer = diagnostic<{ url: string; reason: string }>('XF1408', {
  category: 'Runtime',
  message: ({ url, reason }) => `The answer of the package hub at ${url} cannot be understood: ${reason}`,
  help: () => ['try again later; where DBT_PACKAGE_HUB_URL is set, check that it names a hub'],
});

/** A package that goes by another name now. */
export const packageMoved = diagnostic<{ old: string; new: string }>('XF1409', {
  category: 'Deprecation',
  severity: 'warning',
  message: (data) => `The package ${data.old} is called ${data.new} now`,
  help: (data) => [`write ${data.new} instead`],
});

/** No git on this machine. */
export const gitMissing = diagnostic<{ url: string }>('XF1410', {
  category: 'Runtime',
  message: ({ url }) => `The package ${url} comes from git, but there is no git command on this machine`,
  help: () => ['install git and make sure that it is on the PATH'],
});

/** Git cannot get a repository. */
export const gitFailed = diagnostic<{ url: string; reason: string }>('XF1411', {
  category: 'Runtime',
  message: ({ url, reason }) => `git cannot read ${url}: ${reason}`,
  help: ({ reason }) => [
    /could not read (?:Username|Password)|Authentication failed|Permission denied|terminal prompts disabled/i.test(
      reason,
    )
      ? 'git must get in without asking: set up an SSH key or a credential helper, or put a token into the address with env_var'
      : 'check the address, and that you may read the repository',
  ],
});

/** A branch, tag or commit that a repository does not have. */
export const unknownRevision = diagnostic<{ url: string; revision: string; near?: string }>('XF1412', {
  category: 'Runtime',
  message: ({ url, revision }) => `${url} has no tag, branch or commit '${revision}'`,
  help: ({ near }) => [didYouMean(near) ?? 'name a tag, a branch or a whole commit hash'],
});

/** Two revisions of one repository. */
export const revisionConflict = diagnostic<{ url: string; wishes: readonly Wish[] }>('XF1413', {
  category: 'Runtime',
  message: ({ url, wishes }) => `The git package ${url} is asked for at different revisions:${listed(wishes)}`,
  help: () => ['settle on one revision'],
});

/** A git package that follows a branch. */
export const unpinnedGit = diagnostic<{ url: string; revision: string }>('XF1414', {
  category: 'Dependency',
  severity: 'warning',
  message: ({ url, revision }) =>
    revision === 'HEAD'
      ? `The git package "${url}" is not pinned, using HEAD (default branch)`
      : `The git package "${url}" is pinned to the "${revision}" branch`,
  help: () => ['name a tag or a commit as revision, so that it cannot change unseen, or set warn-unpinned: false'],
});

/** A folder that a repository does not have. */
export const missingSubdirectory = diagnostic<{ url: string; subdirectory: string; near?: string }>('XF1415', {
  category: 'Runtime',
  message: ({ url, subdirectory }) => `${url} has no folder '${subdirectory}'`,
  help: ({ near }) => [didYouMean(near) ?? 'subdirectory: is a path inside the repository'],
});

/** A private package of a provider that is not known, or in a form it does not have. */
export const unknownProvider = diagnostic<{ name: string; provider: string; reason: string }>('XF1416', {
  category: 'Runtime',
  message: ({ name, provider, reason }) =>
    `The private package ${name} of the provider '${provider}' has no address: ${reason}`,
  help: () => [
    'providers are github, gitlab and ado (organisation/project/repository); or write git: with the whole address',
  ],
});

/** An archive that cannot be had. */
export const downloadFailed = diagnostic<{ name: string; url: string; reason: string }>('XF1420', {
  category: 'Runtime',
  message: ({ name, url, reason }) => `The package ${name} cannot be downloaded from ${url}: ${reason}`,
  help: () => ['check the address and the network, then run xform deps again; what was installed is untouched'],
});

/** An archive that is broken or unsafe. */
export const badArchive = diagnostic<{ name: string; url: string; reason: string }>('XF1421', {
  category: 'Runtime',
  message: ({ name, url, reason }) => `The archive of package ${name} (${url}) is not installed: ${reason}`,
  help: () => ['an archive is a .tar.gz with one folder, the project; what was installed is untouched'],
});

/** Other files than those locked. */
export const contentChanged = diagnostic<{ name: string; locked: string; found: string }>('XF1422', {
  category: 'Runtime',
  message: ({ name, locked, found }) =>
    `The package ${name} is not what package-lock.yml was made with: its files have the sha256 ${found.slice(0, 12)}…, locked is ${locked.slice(0, 12)}…`,
  help: () => ['somebody replaced a release: look at what changed, and accept it with xform deps --upgrade'],
});

/** A package without a project. */
export const noProjectInPackage = diagnostic<{ name: string; reason: string }>('XF1423', {
  category: 'Runtime',
  message: ({ name, reason }) => `The package ${name} is no project: ${reason}`,
  help: () => ['a package has a dbt_project.yml with a name; subdirectory: says where it lies in a repository'],
});

/** A local package that is not there. */
export const missingLocal = diagnostic<{ path: string; by: string; near?: string }>('XF1430', {
  category: 'Runtime',
  message: ({ path, by }) => `No dbt_project.yml found in the local package ${path}, asked for by ${by}`,
  help: ({ near }) => [didYouMean(near) ?? 'the path is relative to the project that names it'],
});

/** A downloaded package that points to a folder of the user's. */
export const localInFetched = diagnostic<{ path: string; by: string }>('XF1431', {
  category: 'Runtime',
  message: ({ path, by }) => `The package ${by} asks for the local package ${path}, which is not inside your project`,
  help: () => ['a downloaded package cannot bring folders along; add what it needs to your own packages.yml'],
});

/** Two packages that bring projects of one name. */
export const sameProject = diagnostic<{
  name: string;
  packages: readonly string[];
  renamed?: { old: string; new: string };
}>('XF1432', {
  category: 'Runtime',
  message: ({ name, packages }) =>
    `Two packages bring a project called '${name}':${packages.map((one) => `\n  ${one}`).join('')}`,
  help: ({ renamed }) => [
    renamed === undefined
      ? 'remove one of them, or rename a project of your own'
      : `${renamed.old} is called ${renamed.new} now: ask for that one only`,
  ],
});

/** A package that has the name of the project itself. */
export const sameAsRoot = diagnostic<{ name: string; what: string }>('XF1433', {
  category: 'Runtime',
  message: ({ name, what }) =>
    `The package ${what} brings a project called '${name}', which is the name of your own project`,
  help: () => ['rename your project, or remove the package'],
});

/** Packages that need each other. */
export const packageCycle = diagnostic<{ path: readonly string[] }>('XF1434', {
  category: 'Runtime',
  message: ({ path }) => `Packages ask for each other in a circle: ${path.join(' → ')}`,
  help: () => ['remove one of these from the packages.yml that names it'],
});

/** A project name that is no folder name. */
export const unsafeName = diagnostic<{ name: string; what: string }>('XF1435', {
  category: 'Runtime',
  message: ({ name, what }) =>
    `Invalid package name '${name}' (of ${what}): it names a folder under packages-install-path`,
  help: () => ['the name in its dbt_project.yml may hold letters, digits, _ . and - only'],
});

/** A folder that must not be replaced. */
export const unsafeInstallPath = diagnostic<{ path: string; reason: string }>('XF1436', {
  category: 'Runtime',
  message: ({ path, reason }) => `packages-install-path '${path}' ${reason}, and deps replaces that folder`,
  help: () => ['name a folder of its own, such as dbt_packages'],
});

/** A lock file that cannot be read. */
export const invalidLock = diagnostic<{ file: string; reason: string }>('XF1440', {
  category: 'Runtime',
  message: ({ file, reason }) => `${file} cannot be used: ${reason}`,
  help: () => ['make it anew: xform deps --upgrade'],
});

/** `--add-package` without what the source needs. */
export const addWithoutVersion = diagnostic<{ name: string; source: string }>('XF1441', {
  category: 'Usage',
  message: ({ name, source }) =>
    `--add-package ${name}: a package from ${source === 'git' ? 'git' : 'the hub'} must have a version`,
  help: ({ name, source }) => [
    source === 'git'
      ? `write ${name}@REVISION: a tag, a branch or a commit`
      : `write ${name}@1.2.3, or '${name}@>=1.0.0,<2.0.0'`,
  ],
});

/** Ctrl-C. */
export const interrupted = diagnostic<Record<never, never>>('XF1442', {
  category: 'Runtime',
  message: () => 'Exited because of keyboard interrupt',
  help: () => ['what was installed is untouched'],
});
