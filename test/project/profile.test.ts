import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProfilesDir, loadProfile, type ProfileRequest } from '../../src/project/index.ts';
import { faults, folderWith, renderFrom } from './folder.ts';

const profiles = `
shop:
  target: "{{ chosen }}"
  outputs:
    dev: {type: duckdb, path: dev.duckdb, threads: 2}
    prod: {type: postgres, host: db, port: "{{ port }}", password: "p{{w", user: "{{ nobody_needs_this }}"}
    main: {type: postgres, host: db, port: "{{ port }}", password: "p{{word"}
    odd: {type: duckdb, threads: four}
    none: {path: x}
empty:
bare: {target: dev}
`;

const render = renderFrom({ chosen: 'dev', port: 5432 });
function request(more: Partial<ProfileRequest> = {}): ProfileRequest {
  const folder = folderWith({ 'profiles.yml': profiles });
  return { cwd: folder, env: {}, projectName: 'shop', projectRoot: folder, projectProfile: 'shop', ...more };
}
const load = (more: Partial<ProfileRequest> = {}) => loadProfile(request(more), render);
const fault = (more: Partial<ProfileRequest>) => faults(() => load(more))[0]!;

describe('where profiles are', () => {
  it('is the folder named, then the current one, then the home', () => {
    const here = folderWith({ 'profiles.yml': 'a: 1', 'other/profiles.yml': 'b: 2', 'empty/x': '' });
    expect(findProfilesDir({ cwd: here, env: {} })).toBe(here);
    expect(findProfilesDir({ cwd: here, env: {}, profilesDir: 'other' })).toBe(join(here, 'other'));
    expect(findProfilesDir({ cwd: here, env: { DBT_PROFILES_DIR: 'other' } })).toBe(join(here, 'other'));
    expect(findProfilesDir({ cwd: here, env: { XFORM_PROFILES_DIR: 'other' } })).toBe(join(here, 'other'));
    expect(findProfilesDir({ cwd: join(here, 'empty'), env: { HOME: '/home/me' } })).toBe('/home/me/.dbt');
    expect(faults(() => findProfilesDir({ cwd: here, env: {}, profilesDir: 'gone' }))[0]!.code).toBe('XF1034');
  });
});

describe('loadProfile', () => {
  it('renders the chosen target only', () => {
    const profile = load();
    expect(profile).toMatchObject({ name: 'shop', target: 'dev', type: 'duckdb', threads: 2, note: undefined });
    expect([...profile.credentials.entries()]).toEqual([['path', 'dev.duckdb']]);
    expect(fault({ target: 'prod' }).code).toBe('XF1101');
  });

  it('keeps numbers, counts one thread unless told, and takes a password that is no template as it is', () => {
    const profile = load({ target: 'main' });
    expect(profile.threads).toBe(1);
    expect(profile.credentials.get('port')).toBe(5432);
    expect(profile.credentials.get('password')).toBe('p{{word');
    expect(load({ target: 'main', threads: 8 }).threads).toBe(8);
  });

  it('collects what must not be printed', () => {
    const env = { DBT_ENV_SECRET_TOKEN: 'tok', OTHER: 'x' };
    expect(load({ target: 'main', env }).secrets).toEqual(['p{{word', 'tok']);
  });

  it('names what is there when the profile is not', () => {
    const missing = fault({ projectProfile: 'shpo' });
    expect(missing).toMatchObject({ code: 'XF1030', category: 'Runtime' });
    expect(missing.message).toMatch(/^Could not find profile named 'shpo' in .*profiles\.yml$/);
    expect(missing.help).toEqual([
      "did you mean 'shop'?",
      "profiles there are: 'shop', 'empty', 'bare'",
      'or run with --local to use a DuckDB file inside the project',
    ]);
    const cwd = folderWith({});
    expect(fault({ cwd, env: { HOME: cwd } }).message).toContain('there is no');
  });

  it('names the targets when the target is not there, with the place', () => {
    const missing = fault({ target: 'deev' });
    expect(missing.code).toBe('XF1032');
    expect(missing.message).toContain(' - dev\n - prod');
    expect(missing.help).toEqual(["did you mean 'dev'?"]);
    expect(profiles.slice(missing.at!.start, missing.at!.end)).toBe('outputs');
  });

  it('refuses empty and half profiles', () => {
    expect(fault({ projectProfile: 'empty' }).message).toContain("The profile 'empty' must be a mapping, but is empty");
    expect(fault({ profile: 'bare' }).message).toContain('has no outputs');
    expect(fault({ target: 'none' }).message).toContain("has no 'type'");
    expect(fault({ target: 'odd' }).help[0]).toContain('as_number');
  });

  it('is a DuckDB file of the project where none is named, or with --local', () => {
    const cwd = folderWith({});
    const embedded = load({ cwd, projectRoot: '/p', projectProfile: undefined });
    expect(embedded).toMatchObject({ name: 'shop', type: 'duckdb', threads: 4, file: undefined });
    expect(embedded.credentials.get('path')).toBe('/p/shop.duckdb');
    expect(embedded.credentials.get('schema')).toBe('main');
    expect(embedded.note).toBe('Using the embedded DuckDB at shop.duckdb (dbt_project.yml names no profile)');
    expect(load({ local: true }).note).toContain('--local');
  });
});
