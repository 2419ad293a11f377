import type { Said } from './package-host.ts';

/** The lines of `deps`: name, code and wording as dbt has them. */
const info = (name: string, code: string, message: string, data: Said['data'] = {}): Said => ({
  name,
  code,
  level: 'info',
  message,
  data,
});

export const noPackagesFound = (file: string): Said =>
  info('DepsNoPackagesFound', 'M013', `Warning: No packages were found in ${file}`);

export const startInstall = (name: string): Said =>
  info('DepsStartPackageInstall', 'M014', `Installing ${name}`, { package_name: name });

export const installed = (version: string): Said =>
  info('DepsInstallInfo', 'M015', `Installed from ${version}`, { version_name: version });

export const updateAvailable = (latest: string): Said =>
  info('DepsUpdateAvailable', 'M016', `Updated version available: ${latest}`, { version_latest: latest });

export const upToDate = (): Said => info('DepsUpToDate', 'M017', 'Up to date!');

export const fromSubdirectory = (subdirectory: string): Said =>
  info('DepsListSubdirectory', 'M018', `and subdirectory ${subdirectory}`, { subdirectory });

export const updatesAvailable = (packages: readonly string[]): Said =>
  info(
    'DepsNotifyUpdatesAvailable',
    'M019',
    `\nUpdates available for packages: [${packages.map((name) => `'${name}'`).join(', ')}]\nUpdate your versions in packages.yml, then run xform deps`,
    { packages },
  );

export const lockUpdating = (path: string): Said =>
  info('DepsLockUpdating', 'M031', `Updating lock file in file path: ${path}`, { lock_filepath: path });

export const packageAdded = (name: string, version: string, file: string): Said =>
  info('DepsAddPackage', 'M032', `Added new package ${version === '' ? name : `${name}@${version}`} to ${file}`, {
    package_name: name,
    version,
    packages_filepath: file,
  });

export const duplicateRemoved = (entry: Readonly<Record<string, unknown>>, file: string): Said =>
  info('DepsFoundDuplicatePackage', 'M033', `Found duplicate package in ${file}, removing: ${JSON.stringify(entry)}`, {
    removed_package: entry,
  });
