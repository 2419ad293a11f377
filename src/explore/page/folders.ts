import { plural } from './plural.ts';
import type { Project } from './project.ts';

/** Nodes that lie together: a folder of models, the tables of a source, all exposures. */
export interface Folder {
  readonly key: string;
  readonly name: string;
  /** What it lies in. */
  readonly place: string;
  readonly nodes: readonly number[];
}

/** More boxes than this are no overview. */
const MOST = 60;

/** The folders of a project, as deep as leaves them few enough to see at once. */
export class Folders {
  readonly #project: Project;
  #folderOf: ReadonlyMap<number, Folder> | undefined;

  constructor(project: Project) {
    this.#project = project;
  }

  of(node: number): Folder {
    this.#folderOf ??= this.#found();
    return this.#folderOf.get(node)!;
  }

  #found(): ReadonlyMap<number, Folder> {
    const project = this.#project;
    let depth = Math.max(2, ...project.drawn.map((node) => pathOf(project, node).length));
    let found = groups(project, depth);
    while (found.size > MOST && depth > 2) found = groups(project, --depth);
    return new Map([...found.values()].flatMap((folder) => folder.nodes.map((node) => [node, folder] as const)));
  }
}

function groups(project: Project, depth: number): Map<string, Folder> {
  const found = new Map<string, { key: string; name: string; place: string; nodes: number[] }>();
  for (const node of project.drawn) {
    const path = pathOf(project, node).slice(0, depth);
    const key = path.join('/');
    const folder = found.get(key) ?? { key, name: path.at(-1)!, place: path.slice(0, -1).join(' / '), nodes: [] };
    folder.nodes.push(node);
    found.set(key, folder);
  }
  return found;
}

/** Package and folders of a node; of what has no folder worth the name, its kind. */
export function pathOf({ nodes }: Project, node: number): string[] {
  const { type, package: pkg, path, sourceName } = nodes[node]!;
  if (type === 'source') return ['sources', pkg, sourceName ?? ''];
  if (type === 'outside') return ['sources', 'not in the project'];
  if (!['model', 'seed', 'snapshot', 'analysis'].includes(type)) return [pkg, plural(type.replace('_', ' '))];
  return [pkg, ...path.split(/[/\\]/).slice(0, -1)];
}
