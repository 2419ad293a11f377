import { DiagnosticError, nearest } from '../core/index.ts';
import { hubUnreachable, invalidHubAnswer } from './diagnostics.ts';
import { type Download, download, retrying, WebError } from './web.ts';

/** One release, as the hub describes it. */
export interface HubVersion {
  /** The name of the project in it. */
  readonly name: string;
  /** What it depends on: entries as in packages.yml. */
  readonly packages: readonly unknown[];
  readonly tarball: string;
  /** Ranges of dbt; empty for any. */
  readonly requireDbtVersion: readonly string[];
}

/** One package, as the hub describes it. */
export interface HubPackage {
  readonly versions: ReadonlyMap<string, HubVersion>;
  /** The name it has now, where it was renamed. */
  readonly movedTo: string | undefined;
}

/** A package hub, asked for each package once. */
export interface Hub {
  /** Address, as shown. */
  readonly url: string;
  /** Undefined where the hub has no such package. Throws a DiagnosticError. */
  find(name: string): Promise<HubPackage | undefined>;
  /** The name of a package that was probably meant. */
  nearest(name: string): Promise<string | undefined>;
}

/** The hub that an environment names, under dbt's variables; else dbt's own. */
export function hubUrl(env: Readonly<Record<string, string | undefined>>): string {
  const url = env.DBT_ENGINE_PACKAGE_HUB_URL || env.DBT_PACKAGE_HUB_URL || 'https://hub.getdbt.com/';
  return url.endsWith('/') ? url : `${url}/`;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Opens the hub at an address (which ends in a slash). */
export function openHub(url: string, options: Omit<Download, 'mostBytes'>): Hub {
  const known = new Map<string, Promise<HubPackage | undefined>>();

  /** An answer that is no JSON is mostly the page of a proxy or of a hub that is being deployed: it may pass. */
  const ask = async <T>(name: string, read: (answer: unknown) => T | string): Promise<T | undefined> => {
    const address = `${url}api/v1/${name}.json`;
    let wrong: string | undefined;
    try {
      return await retrying(options, async () => {
        const bytes = await download(address, { ...options, attempts: 1, mostBytes: 64 * 1024 * 1024 });
        let answer: unknown;
        try {
          answer = JSON.parse(bytes.toString('utf8'));
        } catch {
          wrong = 'it is not JSON';
          throw new WebError(wrong);
        }
        const found = read(answer);
        if (typeof found !== 'string') return found;
        wrong = found;
        throw new WebError(found);
      });
    } catch (error) {
      if (!(error instanceof WebError)) throw error;
      if (error.status === 404 || error.status === 410) return undefined;
      if (wrong !== undefined && error.message === wrong) {
        throw new DiagnosticError(invalidHubAnswer({ url: address, reason: wrong }));
      }
      throw new DiagnosticError(hubUnreachable({ url: address, reason: error.message }));
    }
  };

  return {
    url,
    find(name) {
      let answer = known.get(name);
      if (answer === undefined) {
        answer = ask(name.split('/').map(encodeURIComponent).join('/'), (json) => readPackage(name, json));
        known.set(name, answer);
      }
      return answer;
    },
    async nearest(name) {
      try {
        const names = await ask('index', (json) => (Array.isArray(json) ? json.map(String) : 'it is no list'));
        if (names === undefined) return undefined;
        const short = name.slice(name.indexOf('/') + 1);
        return nearest(name, names) ?? names.find((one) => one.endsWith(`/${short}`));
      } catch (error) {
        // It would only have made the message about the missing package better.
        if (error instanceof DiagnosticError) return undefined;
        throw error;
      }
    },
  };
}

function readPackage(name: string, json: unknown): HubPackage | string {
  if (!isObject(json) || !isObject(json.versions)) return "it has no 'versions'";
  const versions = new Map<string, HubVersion>();
  for (const [version, info] of Object.entries(json.versions)) {
    if (!isObject(info)) return `its version ${version} is no object`;
    const tarball = isObject(info.downloads) ? info.downloads.tarball : undefined;
    if (typeof info.name !== 'string' || typeof tarball !== 'string') {
      return `its version ${version} has no name or no downloads`;
    }
    const required = info.require_dbt_version;
    versions.set(version, {
      name: info.name,
      packages: Array.isArray(info.packages) ? info.packages : [],
      tarball,
      requireDbtVersion: (Array.isArray(required) ? required : required ? [required] : []).map(String),
    });
  }
  const owner = json.redirectnamespace || json.namespace || name.split('/')[0];
  const own = json.redirectname || json.name || name.split('/')[1];
  const isMoved = Boolean(json.redirectnamespace || json.redirectname) && `${owner}/${own}` !== name;
  return { versions, movedTo: isMoved ? `${owner}/${own}` : undefined };
}
