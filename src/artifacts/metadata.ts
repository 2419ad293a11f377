import { dbtVersion } from '../core/index.ts';

/** What every artifact says of itself. */
export interface ArtifactMetadata {
  readonly dbt_schema_version: string;
  readonly dbt_version: string;
  /** ISO 8601, UTC, with microseconds. */
  readonly generated_at: string;
  readonly invocation_id: string | null;
  readonly invocation_started_at: string | null;
  readonly env: Readonly<Record<string, string>>;
}

/** The artifacts and the versions of their schemas that are written. */
export const schemaVersions = { manifest: 12, 'run-results': 6, catalog: 1, sources: 3 } as const;

/** The name of an artifact's schema. */
export type ArtifactName = keyof typeof schemaVersions;

/** What an artifact needs to know of the invocation that writes it. */
export interface ArtifactOrigin {
  readonly id: string;
  readonly startedAt: Date;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const ENV_PREFIX = 'DBT_ENV_CUSTOM_ENV_';

/** The variables a user wants in the artifacts: those that begin with `DBT_ENV_CUSTOM_ENV_`, without that beginning. */
export function metadataEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(ENV_PREFIX) && value !== undefined) found[name.slice(ENV_PREFIX.length)] = value;
  }
  return found;
}

/** A moment as artifacts write it: UTC with microseconds and a `Z`. */
export function artifactTime(moment: Date): string {
  return `${moment.toISOString().slice(0, -1)}000Z`;
}

/** The address dbt gives a schema. */
export function schemaUrl(name: string, version: number): string {
  return `https://schemas.getdbt.com/dbt/${name}/v${version}.json`;
}

/** The metadata block of an artifact. */
export function artifactMetadata(name: ArtifactName, origin: ArtifactOrigin, generatedAt: Date): ArtifactMetadata {
  return {
    dbt_schema_version: schemaUrl(name, schemaVersions[name]),
    dbt_version: dbtVersion,
    generated_at: artifactTime(generatedAt),
    invocation_id: origin.id,
    invocation_started_at: artifactTime(origin.startedAt),
    env: metadataEnv(origin.env),
  };
}
