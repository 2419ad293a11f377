import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { packageArchive } from './archive.ts';

/** One release on the hub of a test. */
export interface Release {
  readonly packages?: readonly unknown[];
  readonly require_dbt_version?: readonly string[];
}

/** What the hub of a test has. */
export interface Shelf {
  readonly packages: Record<string, { releases: Record<string, Release>; more?: Record<string, unknown> }>;
  /** Other content for a path. */
  readonly bodies: Map<string, Buffer | string>;
  /** How often a path is answered with 503 first. */
  readonly failures: Map<string, number>;
  readonly requests: string[];
}

/** A package hub on this machine. */
export async function hubServer(packages: Shelf['packages']): Promise<Shelf & { url: string; close: () => void }> {
  const shelf: Shelf = { packages, bodies: new Map(), failures: new Map(), requests: [] };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    shelf.requests.push(path);
    const left = shelf.failures.get(path) ?? 0;
    if (left > 0) {
      shelf.failures.set(path, left - 1);
      response.writeHead(503).end('later');
      return;
    }
    const body = shelf.bodies.get(path) ?? answer(path);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  const answer = (path: string): Buffer | string | undefined => {
    if (path === '/api/v1/index.json') return JSON.stringify(Object.keys(packages));
    const tarball = /^\/tarballs\/(\w+)\//.exec(path);
    if (tarball) return packageArchive(tarball[1]!);
    const name = /^\/api\/v1\/(.+)\.json$/.exec(path)?.[1] ?? '';
    const found = packages[name];
    if (found === undefined) return undefined;
    const [namespace, short] = name.split('/') as [string, string];
    const versions = Object.fromEntries(
      Object.entries(found.releases).map(([version, release]) => [
        version,
        { name: short, packages: [], ...release, downloads: { tarball: `${url}tarballs/${short}/${version}` } },
      ]),
    );
    return JSON.stringify({ name: short, namespace, versions, ...found.more });
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { ...shelf, url, close: () => server.close() };
}

/** An address at which nobody listens. */
export async function unusedAddress(): Promise<string> {
  const { url, close } = await hubServer({});
  close();
  return url;
}
