import { createHash } from 'node:crypto';
import { PyDict, str, toJson, type Value } from '../jinja/index.ts';
import type { DeclaredPackages } from '../project/index.ts';

/**
 * The hash by which dbt knows whether a lock file was made from the packages declared now: of every entry, rendered and
 * as written, with all that dbt fills in, as Python's JSON.
 */
export function definitionHash({ packages, unrendered }: Pick<DeclaredPackages, 'packages' | 'unrendered'>): string {
  const texts = packages.map((entry, index) => toJson(filledIn(entry, unrendered[index] ?? entry), { sortKeys: true }));
  return createHash('sha1').update(texts.sort().join('\n')).digest('hex');
}

function filledIn(entry: PyDict, unrendered: PyDict): PyDict {
  const full = new PyDict();
  const put = (key: string, value: Value): void => {
    full.set(key, value);
  };
  const given = (key: string): Value => entry.get(key) ?? null;
  put('unrendered', unrendered);
  if (entry.has('package')) {
    const version = given('version');
    put('package', given('package'));
    put('version', Array.isArray(version) ? version.map(withoutInts) : withoutInts(version));
    const prerelease = ['install_prerelease', 'install-prerelease'].find((key) => entry.has(key));
    put('install_prerelease', prerelease === undefined ? false : given(prerelease));
  } else if (entry.has('git') || entry.has('private')) {
    const key = entry.has('git') ? 'git' : 'private';
    put(key, given(key));
    if (key === 'private') put('provider', given('provider'));
    put('revision', withoutInts(given('revision')));
    put('subdirectory', given('subdirectory'));
    put('warn-unpinned', entry.has('warn-unpinned') ? given('warn-unpinned') : given('warn_unpinned'));
  } else if (entry.has('tarball')) {
    put('tarball', given('tarball'));
  } else {
    put('local', given('local'));
  }
  if (given('name') !== null) put('name', given('name'));
  return full;
}

/** dbt reads a whole number as text here, and leaves other numbers. */
function withoutInts(value: Value): Value {
  return typeof value === 'number' || typeof value === 'bigint' ? str(value) : value;
}
