import type { Span } from '../core/index.ts';
import type { Bound } from './version.ts';

/** Who asks for a package. */
export interface Asker {
  /** As shown: `packages.yml`, or the name of the asking package. */
  readonly name: string;
  /** Key of the asking package; undefined for the project itself. */
  readonly key?: string;
  /** Where the asking project lies; what it calls local is relative to that. */
  readonly folder: string;
  /** Whether it was downloaded, and so may not point to folders of the user's. */
  readonly isFetched: boolean;
}

/** What all requests have. */
interface Asked {
  /** The same for all requests of the same package. */
  readonly key: string;
  /** The package as it is shown to people: never with a token in it. */
  readonly shown: string;
  readonly asker: Asker;
  /** Where it is written. Reads the file again: for messages. */
  readonly at: (key?: string) => Span | undefined;
}

/** `local:` */
export interface LocalSpec extends Asked {
  readonly kind: 'local';
  /** Relative to the root project, where it is not absolute. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
}

/** `package:` */
export interface HubSpec extends Asked {
  readonly kind: 'hub';
  readonly name: string;
  readonly bounds: readonly Bound[];
  /** The bounds as written. */
  readonly wants: string;
  readonly withPrereleases: boolean;
}

/** `git:` and `private:` */
export interface GitSpec extends Asked {
  readonly kind: 'git';
  readonly url: string;
  /** Before rendering, as it goes into the lock file. */
  readonly written: string;
  readonly revision: string | undefined;
  readonly subdirectory: string | undefined;
  readonly warnUnpinned: boolean;
  /** `private:` instead of `git:`, and its provider. */
  readonly isPrivate: boolean;
  readonly provider: string | undefined;
}

/** `tarball:` */
export interface TarballSpec extends Asked {
  readonly kind: 'tarball';
  readonly url: string;
  /** Before rendering, as it goes into the lock file. */
  readonly written: string;
  readonly name: string;
}

/** One request for a package. */
export type PackageSpec = LocalSpec | HubSpec | GitSpec | TarballSpec;

/** An address without what may be a secret: user and password. */
export function shownUrl(url: string): string {
  return url
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1***@')
    .replace(/\?.*$/s, (query) => (query.length > 1 ? '?***' : query));
}
