import { diagnostic } from '../core/index.ts';

const quoted = (names: Iterable<string>, most = 12): string => {
  const all = [...names];
  const shown = all.slice(0, most).map((name) => `'${name}'`);
  return all.length > most ? `${shown.join(', ')} and ${all.length - most} more` : shown.join(', ');
};
const didYouMean = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `did you mean '${near}'?`;

/** A file that is not YAML, or not the YAML that dbt reads. */
export const invalidYaml = diagnostic<{ file: string; reason: string; hint?: string }>('XF1001', {
  category: 'Parsing',
  message: ({ file, reason }) => `${file} is not valid YAML: ${reason}`,
  help: ({ hint }) => [hint],
});

/** A key that a mapping has twice. */
export const duplicateKey = diagnostic<{ file: string; key: string }>('XF1002', {
  category: 'Parsing',
  severity: 'warning',
  message: ({ file, key }) => `${file} has the key '${key}' twice in one mapping; the last one counts`,
  help: () => ['merge the two, or remove one'],
});

/** A file of the project that cannot be read. */
export const unreadableFile = diagnostic<{ file: string; reason: string }>('XF1003', {
  category: 'Runtime',
  message: ({ file, reason }) => `${file} cannot be read: ${reason}`,
});

/** No dbt_project.yml where one is expected. */
export const missingProject = diagnostic<{ path: string; searched: boolean }>('XF1010', {
  category: 'Runtime',
  message: ({ path, searched }) =>
    searched
      ? `No dbt_project.yml found in ${path} or any folder above it`
      : `No dbt_project.yml found at expected path ${path}`,
  help: () => ['go to the folder of a project, name it with --project-dir, or start one: xform init'],
});

/** dbt_project.yml that is a list, a text or empty. */
export const projectNotMapping = diagnostic<{ file: string; found: string }>('XF1011', {
  category: 'Runtime',
  message: ({ file, found }) => `${file} must be a mapping, but is ${found}`,
  help: () => ["start it with: name: 'my_project'"],
});

/** A key of dbt_project.yml with a value of the wrong shape. */
export const invalidProjectValue = diagnostic<{ file: string; key: string; want: string; got: string }>('XF1012', {
  category: 'Runtime',
  message: ({ file, key, want, got }) => `'${key}' in ${file} must be ${want}, but is ${got}`,
});

/** A key of dbt_project.yml that must be there. */
export const missingProjectKey = diagnostic<{ file: string; key: string }>('XF1013', {
  category: 'Runtime',
  message: ({ file, key }) => `${file} has no '${key}'`,
  help: ({ key }) => [`add a line '${key}: …'`],
});

/** A key of dbt_project.yml that nothing reads. */
export const unknownProjectKey = diagnostic<{ file: string; key: string; near?: string }>('XF1014', {
  category: 'Runtime',
  message: ({ file, key }) => `${file} has a key '${key}' that nothing reads`,
  help: ({ near }) => [didYouMean(near) ?? 'remove it, or move what it says under vars: or meta:'],
});

/** A project name that is no identifier, or is a word of the Jinja context. */
export const invalidProjectName = diagnostic<{ file: string; name: string; reserved: boolean }>('XF1015', {
  category: 'Runtime',
  message: ({ file, name, reserved }) =>
    reserved
      ? `${file}: a project cannot be called '${name}', which has a meaning in templates`
      : `${file}: the project name '${name}' must begin with a letter or _ and hold only letters, digits and _`,
  help: ({ name, reserved }) => [
    reserved ? `try '${name}_project'` : `try '${name.replace(/\W+/g, '_').replace(/^(?=\d)/, '_')}'`,
  ],
});

/** Two keys of dbt_project.yml that say the same. */
export const exclusiveProjectKeys = diagnostic<{ file: string; key: string; other: string }>('XF1016', {
  category: 'Runtime',
  message: ({ file, key, other }) => `${file} has both '${key}' and '${other}', which mean the same`,
  help: ({ key, other }) => [`move what '${key}' says to '${other}'`],
});

/** A key of dbt_project.yml that has a new name. */
export const deprecatedProjectKey = diagnostic<{ file: string; key: string; instead: string }>('XF1017', {
  category: 'Runtime',
  severity: 'warning',
  message: ({ file, key }) => `'${key}' in ${file} is deprecated`,
  help: ({ instead }) => [instead],
});

/** A template in a configuration file that cannot be rendered. */
export const unrenderable = diagnostic<{ file: string; text: string; reason: string }>('XF1018', {
  category: 'Compilation',
  message: ({ file, text, reason }) => `Could not render ${text} in ${file}: ${reason}`,
});

/** vars.yml beside vars: in dbt_project.yml. */
export const varsTwice = diagnostic<object>('XF1019', {
  category: 'Runtime',
  message: () => 'vars are defined both in vars.yml and in dbt_project.yml',
  help: () => ['keep them in one of the two files'],
});

/** --vars that is not a mapping. */
export const invalidVars = diagnostic<{ option: string; found: string }>('XF1020', {
  category: 'Compilation',
  message: ({ option, found }) => `--${option} must be a YAML mapping, but is ${found}`,
  help: ({ option }) => [`write it as --${option} '{name: value}', with a space after the colon`],
});

/** A profile that no profiles.yml defines. */
export const missingProfile = diagnostic<{
  name: string;
  path: string;
  exists: boolean;
  known: readonly string[];
  near?: string;
}>('XF1030', {
  category: 'Runtime',
  message: ({ name, path, exists }) =>
    exists
      ? `Could not find profile named '${name}' in ${path}`
      : `Could not find profile named '${name}': there is no ${path}`,
  help: ({ near, known, exists }) => [
    didYouMean(near),
    known.length > 0 ? `profiles there are: ${quoted(known)}` : undefined,
    exists ? undefined : 'name the folder of profiles.yml with --profiles-dir, or create the file',
    'or run with --local to use a DuckDB file inside the project',
  ],
});

/** A profile that is empty or no mapping, or has no outputs. */
export const invalidProfile = diagnostic<{ name: string; reason: string }>('XF1031', {
  category: 'Runtime',
  message: ({ name, reason }) => `The profile '${name}' ${reason}`,
  help: ({ name }) => [`it should look like: ${name}: {target: dev, outputs: {dev: {type: duckdb, path: dev.duckdb}}}`],
});

/** A target that the profile has no output for. */
export const missingTarget = diagnostic<{ profile: string; target: string; known: readonly string[]; near?: string }>(
  'XF1032',
  {
    category: 'Runtime',
    message: ({ profile, target, known }) =>
      `The profile '${profile}' does not have a target named '${target}'. The valid target names for this profile are:\n${known.map((name) => ` - ${name}`).join('\n')}`,
    help: ({ near }) => [didYouMean(near) ?? 'choose one with --target, or set target: in profiles.yml'],
  },
);

/** profiles.yml without content, or not a mapping. */
export const invalidProfilesFile = diagnostic<{ path: string; found: string }>('XF1033', {
  category: 'Runtime',
  message: ({ path, found }) => `The profiles.yml file at ${path} must be a mapping of profiles, but is ${found}`,
  help: () => [
    'begin it with the name of a profile: my_profile: {target: dev, outputs: {dev: {type: duckdb, path: dev.duckdb}}}',
  ],
});

/** A folder of profiles that was named but is not there. */
export const missingProfilesDir = diagnostic<{ path: string }>('XF1034', {
  category: 'Usage',
  message: ({ path }) => `dbt looked for a profiles.yml file in ${path}, and there is no such folder`,
  help: () => ['check --profiles-dir or DBT_PROFILES_DIR'],
});

/** Packages that are declared but not in the packages folder. */
export const missingPackages = diagnostic<{
  declared: number;
  installed: number;
  file: string;
  folder: string;
  missing: readonly string[];
}>('XF1040', {
  category: 'Compilation',
  message: ({ declared, installed, file, folder, missing }) =>
    `${declared} package${declared === 1 ? ' is' : 's are'} declared in ${file}, but ${installed} ${installed === 1 ? 'is' : 'are'} installed in ${folder}${missing.length > 0 ? `; missing: ${missing.join(', ')}` : ''}`,
  help: () => ['install them: xform deps'],
});

/** Two projects of the same name. */
export const duplicatePackage = diagnostic<{ name: string; first: string; second: string }>('XF1041', {
  category: 'Compilation',
  message: ({ name, first, second }) => `two projects are called '${name}': ${first} and ${second}`,
  help: () => ['rename one of them, or remove it from packages.yml and run xform deps'],
});

/** packages.yml or dependencies.yml with a shape that cannot be read. */
export const invalidPackagesFile = diagnostic<{ file: string; reason: string }>('XF1042', {
  category: 'Runtime',
  message: ({ file, reason }) => `${file} is malformed: ${reason}`,
  help: () => [
    "each entry of packages: is a mapping such as {package: owner/name, version: '1.2.3'} or {local: ../path}",
  ],
});

/** A properties file that is no mapping. */
export const propertiesNotMapping = diagnostic<{ file: string; found: string }>('XF1050', {
  category: 'Parsing',
  message: ({ file, found }) => `${file} must be a mapping of sections such as models:, but is ${found}`,
});

/** A section of a properties file that is no list. */
export const sectionNotList = diagnostic<{ file: string; section: string; found: string }>('XF1051', {
  category: 'Parsing',
  message: ({ file, section, found }) => `'${section}' in ${file} must be a list, but is ${found}`,
  help: () => ["begin each entry with '- name: …'"],
});

/** An entry of a section that is no mapping. */
export const entryNotMapping = diagnostic<{ file: string; section: string; found: string }>('XF1052', {
  category: 'Parsing',
  message: ({ file, section, found }) => `an entry of '${section}' in ${file} must be a mapping, but is ${found}`,
  help: () => ["write '- name: …'"],
});

/** An entry of a section that has no name. */
export const entryWithoutName = diagnostic<{ file: string; section: string }>('XF1053', {
  category: 'Parsing',
  message: ({ file, section }) => `an entry of '${section}' in ${file} has no name`,
  help: () => ['add name: …'],
});

/** A name that is no text. */
export const nameNotText = diagnostic<{ file: string; section: string; found: string }>('XF1054', {
  category: 'Parsing',
  message: ({ file, section, found }) => `a name in '${section}' of ${file} must be text, but is ${found}`,
  help: () => ['put the name in quotes'],
});

/** A section that nothing reads. */
export const unknownSection = diagnostic<{ file: string; section: string; near?: string }>('XF1055', {
  category: 'Parsing',
  severity: 'warning',
  message: ({ file, section }) => `${file} has a section '${section}' that nothing reads`,
  help: ({ near, section }) => [
    didYouMean(near),
    near !== undefined || section.startsWith('.') || section.startsWith('x-')
      ? undefined
      : `keep anchors and notes of your own under anchors:`,
  ],
});

/** A version: other than 2. */
export const unknownVersion = diagnostic<{ file: string; found: string }>('XF1056', {
  category: 'Parsing',
  message: ({ file, found }) => `'version' in ${file} must be 2, but is ${found}`,
  help: () => ['write version: 2, or leave it out'],
});

/** Configuration of dbt_project.yml that applies to nothing. */
export const unusedConfigPaths = diagnostic<{ paths: readonly string[] }>('XF1060', {
  category: 'Parsing',
  severity: 'warning',
  message: ({ paths }) =>
    `Configuration paths exist in your dbt_project.yml file which do not apply to any resources.\nThere are ${paths.length} unused configuration paths:\n${paths.map((path) => `- ${path}`).join('\n')}`,
});

/** A value of a config that must be a mapping to be merged. */
export const unmergeableConfig = diagnostic<{ key: string; found: string }>('XF1061', {
  category: 'Parsing',
  message: ({ key, found }) => `the config '${key}' must be a mapping, but is ${found}`,
});

/** A range of require-dbt-version that is none. */
export const invalidVersionRange = diagnostic<{ file: string; written: string }>('XF1021', {
  category: 'Runtime',
  message: ({ file, written }) => `'${written}' in require-dbt-version of ${file} is not a version range`,
  help: () => ["write it with three numbers, such as '>=1.8.0' or ['>=1.8.0', '<2.0.0']"],
});

/** A project that wants another dbt. */
export const versionMismatch = diagnostic<{ name: string; required: readonly string[]; installed: string }>('XF1022', {
  category: 'Runtime',
  message: ({ name, required, installed }) =>
    `The project '${name}' does not work with this version of dbt\n  Installed version of dbt: ${installed}\n  Required version of dbt for '${name}': ${required.join(', ')}`,
  help: () => ['use another version of the package, or run with --no-version-check'],
});

/** A selectors.yml that is not a list of named definitions. */
export const invalidSelectorsFile = diagnostic<{ reason: string }>('XF1062', {
  category: 'Runtime',
  message: ({ reason }) => `Could not read selector file data: ${reason}`,
  help: () => ['under selectors:, write a list of mappings with name: and definition:'],
});
