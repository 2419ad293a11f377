import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { focusOn, show } from './actions.ts';
import { pathOf } from './folders.ts';
import { Icon } from './icons.tsx';
import { focus, lens, lenses, project } from './state.ts';

/** A folder of the list, with what is in it. */
interface Branch {
  readonly key: string;
  readonly name: string;
  readonly branches: Map<string, Branch>;
  readonly nodes: number[];
  count: number;
}

const tree = treeOf();
const open = signal<ReadonlySet<string>>(new Set([project.data.project, `${project.data.project}/models`]));

function treeOf(): Branch {
  const root: Branch = { key: '', name: '', branches: new Map(), nodes: [], count: 0 };
  for (const node of project.drawn) {
    if (!project.isListed(node)) continue;
    let at = root;
    for (const name of pathOf(project, node)) {
      const key = at.key === '' ? name : `${at.key}/${name}`;
      const next = at.branches.get(name) ?? { key, name, branches: new Map(), nodes: [], count: 0 };
      at.branches.set(name, next);
      next.count++;
      at = next;
    }
    at.nodes.push(node);
  }
  return root;
}

type RowOf = { readonly depth: number } & ({ readonly branch: Branch } | { readonly node: number });

function* rowsOf(branch: Branch, depth: number): Generator<RowOf> {
  const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  // The project itself before its packages.
  const first = ({ key }: Branch): number => (key === project.data.project ? 0 : 1);
  const branches = [...branch.branches.values()].sort((a, b) => first(a) - first(b) || byName(a.name, b.name));
  for (const inner of branches) {
    yield { depth, branch: inner };
    if (open.value.has(inner.key)) yield* rowsOf(inner, depth + 1);
  }
  for (const node of branch.nodes.sort((a, b) => byName(project.nodes[a]!.name, project.nodes[b]!.name)))
    yield { depth, node };
}

function toggle(key: string): void {
  const next = new Set(open.value);
  if (!next.delete(key)) next.add(key);
  open.value = next;
}

/** All nodes by folder. */
export function Navigator(): JSX.Element {
  const node = focus.value;
  useEffect(() => {
    if (node === undefined || !project.isDrawn(node)) return;
    const path = pathOf(project, node);
    open.value = new Set([...open.value, ...path.map((_, i) => path.slice(0, i + 1).join('/'))]);
    requestAnimationFrame(() => document.querySelector('.navigator .here')?.scrollIntoView({ block: 'center' }));
  }, [node]);
  return (
    <nav class="navigator" aria-label="Resources">
      <ul>{[...rowsOf(tree, 0)].map((row) => ('branch' in row ? <BranchRow {...row} /> : <NodeRow {...row} />))}</ul>
    </nav>
  );
}

const indent = (depth: number): string => `padding-left: ${12 + depth * 14}px`;

function BranchRow({ branch, depth }: { readonly branch: Branch; readonly depth: number }): JSX.Element {
  const isOpen = open.value.has(branch.key);
  return (
    <li key={branch.key}>
      <button
        type="button"
        aria-expanded={isOpen}
        class="branch"
        style={indent(depth)}
        onClick={() => toggle(branch.key)}
      >
        <span class={isOpen ? 'turn open' : 'turn'}>
          <Icon name="chevron" size={12} />
        </span>
        <span class="grown">{branch.name}</span>
        <small>{branch.count}</small>
      </button>
      <button
        type="button"
        class="show"
        title={`Show all of ${branch.name} in the graph`}
        aria-label={`Show all of ${branch.name} in the graph`}
        onClick={() => show(nodesIn(branch))}
      >
        <Icon name="fit" size={13} />
      </button>
    </li>
  );
}

const nodesIn = (branch: Branch): number[] => [...branch.nodes, ...[...branch.branches.values()].flatMap(nodesIn)];

function NodeRow({ node, depth }: { readonly node: number; readonly depth: number }): JSX.Element {
  const { name, type, id } = project.nodes[node]!;
  const reading = lenses[lens.value].read(node);
  const isHere = focus.value === node;
  const short = type === 'source' ? name.slice(name.indexOf('.') + 1) : name;
  return (
    <li key={id}>
      <button
        type="button"
        class={isHere ? 'leaf here' : 'leaf'}
        aria-current={isHere}
        style={indent(depth)}
        title={name}
        onClick={() => focusOn(node)}
      >
        <span class={`dot tone-${reading.tone}`} />
        <span class="grown">{short}</span>
      </button>
    </li>
  );
}
