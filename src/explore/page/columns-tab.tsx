import type { JSX } from 'preact';
import { onlyPath, pin } from './actions.ts';
import { edgeStyle, kindNames } from './edge-kinds.ts';
import { toneOf } from './lenses.ts';
import { Markdown } from './markdown.tsx';
import { hovered, pinned, pinnedPath, project } from './state.ts';

/** The columns of a node; of the one that is pinned, where it comes from and where it goes. */
export function ColumnsTab({ node }: { readonly node: number }): JSX.Element {
  const columns = project.columns(node);
  if (columns.length === 0) {
    const [reason] = project.nodes[node]!.incomplete ?? [];
    return <p class="faint">No columns are known{reason === undefined ? '.' : `: ${reason}`}</p>;
  }
  const tests = new Map<string, number[]>();
  for (const test of project.tests(node)) {
    const name = project.nodes[test]!.testColumn?.toLowerCase();
    if (name !== undefined) tests.set(name, [...(tests.get(name) ?? []), test]);
  }
  return (
    <ul class="columns">
      {columns.map((column) => (
        <Column key={column} column={column} tests={tests.get(project.columnName(column).toLowerCase()) ?? []} />
      ))}
    </ul>
  );
}

function Column({ column, tests }: { readonly column: number; readonly tests: readonly number[] }): JSX.Element {
  const description = project.columnDescription(column);
  const isPinned = pinned.value === column;
  return (
    <li class={isPinned ? 'pinned' : ''}>
      <button
        type="button"
        aria-pressed={isPinned}
        onClick={() => pin(column)}
        onPointerEnter={() => {
          hovered.value = { column };
        }}
        onPointerLeave={() => {
          hovered.value = undefined;
        }}
      >
        <span class="grown">{project.columnName(column)}</span>
        {tests.map((test) => {
          const { test: name, result } = project.nodes[test]!;
          const status = result?.status ?? 'not run';
          return <span class={`dot tone-${toneOf(result?.status)}`} title={`${name ?? 'test'}: ${status}`} />;
        })}
        <small class="type">{(project.columnType(column) ?? '').toLowerCase() || 'type unknown'}</small>
      </button>
      {description !== undefined && <Markdown text={description} />}
      {isPinned && <Lineage column={column} />}
    </li>
  );
}

/** Where a column comes from and where it goes, one step each way. */
function Lineage({ column }: { readonly column: number }): JSX.Element {
  const path = pinnedPath.value!;
  const unknown = project.columnUnknown(column);
  const node = project.nodeOfColumn[column]!;
  const links = (way: 'up' | 'down'): Link[] =>
    [...project[way].at(column)].map((place) => {
      const { from, to, kinds } = project[way].edge(place);
      return { column: way === 'up' ? from : to, kinds };
    });
  const rows = [...project.effectsOnNode.at(node)].map((place): Link => {
    const { from, kinds } = project.effectsOnNode.edge(place);
    return { column: from, kinds };
  });
  return (
    <div class="lineage">
      {unknown !== undefined && <p class="notice">Not all is known: {unknown}</p>}
      <Links
        title="Comes from"
        links={links('up')}
        none={unknown === undefined ? 'Nothing: a value made here.' : undefined}
      />
      <Links title="Goes to" links={links('down')} none="Nothing that is known." />
      {rows.length > 0 && (
        <details>
          <summary>
            Rows decided by {rows.length} {rows.length === 1 ? 'column' : 'columns'}
          </summary>
          <Links links={rows} />
        </details>
      )}
      {path.effects.length > 0 && (
        <p class="faint">
          Decides on the rows of {path.effects.map(({ node: other }) => project.nodes[other]!.name).join(', ')}.
        </p>
      )}
      <p>
        <button type="button" class="quiet" onClick={onlyPath}>
          Only this path in the graph ({path.nodes.size} nodes)
        </button>
      </p>
    </div>
  );
}

interface Link {
  readonly column: number;
  readonly kinds: number;
}

function Links({
  title,
  links,
  none,
}: {
  readonly title?: string;
  readonly links: readonly Link[];
  readonly none?: string;
}): JSX.Element {
  return (
    <>
      {title !== undefined && <h4>{title}</h4>}
      {links.length === 0 && none !== undefined && <p class="faint">{none}</p>}
      <ul class="links-of">
        {links.map(({ column, kinds }) => (
          <li>
            <button type="button" onClick={() => pin(column)}>
              <svg width="18" height="8" aria-hidden="true">
                <path class={`edge ${edgeStyle(project, kinds)}`} d="M1 4H17" />
              </svg>
              <span class="grown">
                <span class="faint">{project.nodes[project.nodeOfColumn[column]!]!.name}.</span>
                {project.columnName(column)}
              </span>
              <small>{kindNames(project, kinds).join(', ')}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
