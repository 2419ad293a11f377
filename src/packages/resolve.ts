import { DiagnosticError, type Span } from '../core/index.ts';
import { fromPlain, PyDict } from '../jinja/index.ts';
import { readDeclaredPackages } from '../project/index.ts';
import { atOnce } from './at-once.ts';
import { type ChosenVersion, chooseVersion } from './choose-version.ts';
import { packageCycle, packageMoved, revisionConflict, sameAsRoot, sameProject, unpinnedGit } from './diagnostics.ts';
import { mostAtOnce, type PackageHost } from './package-host.ts';
import { projectNameIn, safeFolderName } from './package-project.ts';
import { type Asker, type GitSpec, type HubSpec, type PackageSpec, shownUrl } from './package-spec.ts';
import { readSpecs } from './read-specs.ts';
import type { Sources } from './sources.ts';

/** One package with everything about it settled: an entry of the lock file, keys in its order. */
export type LockEntry = Readonly<Record<string, string>> & { readonly name: string };

/** All requests for one package. */
type Requests = PackageSpec[];

/** A package looked into. */
interface Inspected {
  readonly lock: LockEntry;
  readonly requests: readonly PackageSpec[];
  readonly movedTo?: string;
}

/**
 * Finds all packages that some need, and settles the version of each. Goes level by level, as dbt does, so that both
 * come to the same answer in the same order. Throws a DiagnosticError.
 */
export async function resolvePackages(
  specs: readonly PackageSpec[],
  host: PackageHost,
  sources: Sources,
): Promise<readonly LockEntry[]> {
  const final = new Map<string, Requests>();
  const inspect = inspector(host, sources);
  const expanded = new Set<Inspected>();
  const edges = new Map<string, PackageSpec[]>();
  let pending = grouped(specs);
  while (pending.size > 0) {
    for (const [key, requests] of pending) add(final, key, requests);
    const found = await atOnce(mostAtOnce, [...pending.keys()], (key) => inspect(final.get(key)!));
    const next: PackageSpec[] = [];
    for (const [i, key] of [...pending.keys()].entries()) {
      const inspected = found[i]!;
      // Nothing new comes of it, and packages that need each other would go on for ever.
      if (expanded.has(inspected)) continue;
      expanded.add(inspected);
      next.push(...inspected.requests);
      edges.set(key, [...(edges.get(key) ?? []), ...inspected.requests]);
    }
    pending = grouped(next);
  }
  refuseCycles(final, edges);
  const settled = await atOnce(mostAtOnce, [...final.values()], (requests) => inspect(requests));
  refuseTwins([...final.values()], settled, host.projectName);
  return settled.map(({ lock }) => lock);
}

function grouped(specs: readonly PackageSpec[]): Map<string, Requests> {
  const groups = new Map<string, Requests>();
  for (const spec of specs) add(groups, spec.key, [spec]);
  return groups;
}

function add(groups: Map<string, Requests>, key: string, requests: readonly PackageSpec[]): void {
  const known = groups.get(key);
  if (known === undefined) groups.set(key, [...requests]);
  else known.push(...requests);
}

/** Makes the function that looks into a package; each version of each is looked into once. */
function inspector(host: PackageHost, sources: Sources): (requests: Requests) => Promise<Inspected> {
  const known = new Map<string, Promise<Inspected>>();
  const once = (key: string, look: () => Promise<Inspected>): Promise<Inspected> => {
    let inspected = known.get(key);
    if (inspected === undefined) {
      inspected = look();
      known.set(key, inspected);
    }
    return inspected;
  };
  const requestsIn = (folder: string, asker: Omit<Asker, 'folder'>): readonly PackageSpec[] =>
    readSpecs(readDeclaredPackages(folder, host.render), { ...asker, folder }, host);

  return async (requests) => {
    const [spec] = requests as [PackageSpec];
    const { key } = spec;
    switch (spec.kind) {
      case 'local':
        return once(key, async () => {
          const name = projectNameIn(spec.folder, spec.shown, host.root);
          const asker = { name: `${name} (${spec.path})`, key, isFetched: false };
          return { lock: { local: spec.path, name }, requests: requestsIn(spec.folder, asker) };
        });
      case 'hub': {
        const chosen = await chooseVersion(host.hub, requests as HubSpec[], host.versionCheck);
        return once(`${key}@${chosen.version}`, async () => fromHub(spec, chosen, host));
      }
      case 'git': {
        const revision = oneRevision(requests as GitSpec[]);
        return once(`${key}@${revision ?? ''}`, async () => {
          const { folder, sha } = await sources.git(spec, revision);
          warnUnpinned(requests as GitSpec[], revision, host);
          const name = projectNameIn(folder, spec.shown, host.root);
          const from: Record<string, string> = spec.isPrivate ? { private: spec.written } : { git: spec.written };
          const within: Record<string, string> =
            spec.subdirectory === undefined ? {} : { subdirectory: spec.subdirectory };
          const provider: Record<string, string> = spec.provider === undefined ? {} : { provider: spec.provider };
          const lock: LockEntry = { ...from, name, ...provider, revision: sha, ...within };
          return { lock, requests: requestsIn(folder, { name, key, isFetched: true }) };
        });
      }
      default:
        return once(key, async () => {
          const { folder } = await sources.archive(spec.url, spec.name);
          projectNameIn(folder, spec.name, host.root);
          const lock = { name: spec.name, tarball: spec.written };
          return { lock, requests: requestsIn(folder, { name: spec.name, key, isFetched: true }) };
        });
    }
  };
}

function fromHub(spec: HubSpec, { version, info, movedTo }: ChosenVersion, host: PackageHost): Inspected {
  if (movedTo !== undefined) host.warn(packageMoved({ old: spec.name, new: movedTo }, { at: spec.at('package') }));
  const packages = info.packages.map((entry) => fromPlain(entry)).filter((entry) => entry instanceof PyDict);
  const asker = { name: `${spec.name} ${version}`, key: spec.key, folder: host.root, isFetched: true };
  const requests = readSpecs({ file: 'packages.yml', packages, unrendered: packages }, asker, host);
  return { lock: { name: info.name, package: spec.name, version }, requests, movedTo };
}

function oneRevision(requests: readonly GitSpec[]): string | undefined {
  const wanted = new Map<string, GitSpec>();
  for (const spec of requests) if (spec.revision !== undefined) wanted.set(spec.revision, spec);
  if (wanted.size > 1) {
    const { shown } = requests[0]!;
    const wishes = Array.from(wanted, ([wants, { asker }]) => ({ by: asker.name, wants }));
    throw new DiagnosticError(revisionConflict({ url: shown, wishes }, { at: requests[0]!.at('revision') }));
  }
  return [...wanted.keys()][0];
}

function warnUnpinned(requests: readonly GitSpec[], revision: string | undefined, host: PackageHost): void {
  const named = revision ?? 'HEAD';
  if (!['HEAD', 'main', 'master'].includes(named) || requests.some((spec) => !spec.warnUnpinned)) return;
  const { url, at } = requests[0]!;
  host.warn(
    unpinnedGit({ url: shownUrl(url), revision: named }, { at: at(revision === undefined ? 'git' : 'revision') }),
  );
}

function refuseCycles(final: ReadonlyMap<string, Requests>, edges: ReadonlyMap<string, readonly PackageSpec[]>): void {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (key: string): void => {
    if (done.has(key)) return;
    const start = path.indexOf(key);
    if (start !== -1) {
      const circle = [...path.slice(start), key].map((one) => final.get(one)![0]!.shown);
      const closing = edges.get(path.at(-1)!)!.find((spec) => spec.key === key)!;
      throw new DiagnosticError(packageCycle({ path: circle }, { at: closing.at() }));
    }
    path.push(key);
    for (const spec of edges.get(key) ?? []) visit(spec.key);
    path.pop();
    done.add(key);
  };
  for (const key of final.keys()) visit(key);
}

/** Two packages with one project name would be installed into one folder. */
function refuseTwins(all: readonly Requests[], settled: readonly Inspected[], rootName: string): void {
  const seen = new Map<string, number>();
  for (const [i, { lock }] of settled.entries()) {
    const spec = all[i]![0]!;
    // Finding the place reads the file again: only where something is wrong.
    const place = (): { at: Span | undefined } => ({ at: spec.at() });
    safeFolderName(lock.name, spec.shown, () => place().at);
    if (lock.name === rootName) throw new DiagnosticError(sameAsRoot({ name: rootName, what: spec.shown }, place()));
    const other = seen.get(lock.name);
    seen.set(lock.name, i);
    if (other === undefined) continue;
    const packages = [other, i].map((index) => described(all[index]!));
    const moved = [other, i].find((index) => settled[index]!.movedTo !== undefined);
    const renamed = moved === undefined ? undefined : { old: all[moved]![0]!.shown, new: settled[moved]!.movedTo! };
    throw new DiagnosticError(sameProject({ name: lock.name, packages, renamed }, place()));
  }
}

const described = (requests: Requests): string =>
  `${requests[0]!.shown}, asked for by ${[...new Set(requests.map(({ asker }) => asker.name))].join(', ')}`;
