import type { Diagnostic, Event } from '../core/index.ts';
import type { RenderText } from '../project/index.ts';
import type { Hub } from './hub.ts';
import type { UnpackLimits } from './unpack.ts';
import type { Patience } from './web.ts';

/** Something to say, as `emit` takes it. */
export type Said = Pick<Event, 'name' | 'code' | 'level' | 'message' | 'data'>;

/** What installing packages stands on. */
export interface PackageHost {
  /** Absolute path of the project, and its name. */
  readonly root: string;
  readonly projectName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Renders packages.yml; may read secrets. */
  readonly render: RenderText;
  readonly hub: Hub;
  /** False where releases for other versions of dbt are welcome too. */
  readonly versionCheck: boolean;
  readonly patience: Patience;
  readonly limits: UnpackLimits;
  readonly say: (said: Said) => void;
  readonly warn: (problem: Diagnostic) => void;
}

/** So many packages are fetched at a time. */
export const mostAtOnce = 6;
