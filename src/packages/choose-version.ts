import { type Diagnostic, DiagnosticError, dbtVersion } from '../core/index.ts';
import { noVersionFits, unknownPackage, versionConflict, type Wish } from './diagnostics.ts';
import type { Hub, HubPackage, HubVersion } from './hub.ts';
import type { HubSpec } from './package-spec.ts';
import { type Bound, canBeMet, compareVersions, meets, parseBound, parseVersion, type Version } from './version.ts';

/** A release of a hub package, picked for all who ask for it. */
export interface ChosenVersion {
  readonly version: string;
  readonly info: HubVersion;
  /** The newest one that could be had, in range or not. */
  readonly latest: string;
  readonly movedTo: string | undefined;
}

interface Candidate {
  readonly text: string;
  readonly version: Version;
  readonly info: HubVersion;
}

/** The newest release that meets all requests for one package. Throws a DiagnosticError. */
export async function chooseVersion(
  hub: Hub,
  specs: readonly HubSpec[],
  versionCheck: boolean,
): Promise<ChosenVersion> {
  const [first] = specs;
  const found = await hub.find(first!.name);
  if (found === undefined) {
    const { name, asker, at } = first!;
    const near = await hub.nearest(name);
    throw new DiagnosticError(unknownPackage({ name, by: asker.name, hub: hub.url, near }, { at: at('package') }));
  }
  const bounds = specs.flatMap((spec) => spec.bounds);
  const withPrereleases =
    specs.some((spec) => spec.withPrereleases) || bounds.some(({ version }) => version.prerelease.length > 0);
  const candidates = newestFirst(found);
  const installable = candidates.filter(
    ({ version, info }) =>
      (withPrereleases || version.prerelease.length === 0) && (!versionCheck || isCompatible(info)),
  );
  const chosen = installable.find(({ version }) => bounds.every((bound) => meets(version, bound)));
  if (chosen === undefined) throw new DiagnosticError(refusal(specs, bounds, candidates, installable));
  return { version: chosen.text, info: chosen.info, latest: installable[0]!.text, movedTo: found.movedTo };
}

function newestFirst({ versions }: HubPackage): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [text, info] of versions) {
    const version = parseVersion(text);
    if (version !== undefined) candidates.push({ text, version, info });
  }
  return candidates.sort((a, b) => compareVersions(b.version, a.version));
}

/** Whether a release says that it works with the dbt we stand for. */
function isCompatible({ requireDbtVersion }: HubVersion): boolean {
  const ours = parseVersion(dbtVersion)!;
  return requireDbtVersion
    .flatMap((range) => range.split(','))
    .every((range) => {
      const bound = parseBound(range);
      return bound === undefined || meets(ours, bound);
    });
}

function refusal(
  specs: readonly HubSpec[],
  bounds: readonly Bound[],
  candidates: readonly Candidate[],
  installable: readonly Candidate[],
): Diagnostic {
  const { name, at } = specs[0]!;
  const wishes = wishesOf(specs);
  const place = { at: at('version') };
  if (!canBeMet(bounds)) return versionConflict({ name, wishes }, place);
  const inRange = candidates.filter(({ version }) => bounds.every((bound) => meets(version, bound)));
  const texts = (some: readonly Candidate[]): string[] => some.map(({ text }) => text);
  return noVersionFits(
    {
      name,
      wishes,
      available: texts(installable),
      incompatible: texts(inRange.filter(({ info }) => !isCompatible(info))),
      prereleases: texts(inRange.filter(({ version, info }) => version.prerelease.length > 0 && isCompatible(info))),
      dbt: dbtVersion,
    },
    place,
  );
}

/** Who asks for which versions, each once. */
function wishesOf(specs: readonly HubSpec[]): Wish[] {
  const seen = new Map(specs.map(({ asker, wants }) => [`${asker.name}\0${wants}`, { by: asker.name, wants }]));
  return [...seen.values()];
}
