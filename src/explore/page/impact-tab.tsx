import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { pin } from './actions.ts';
import { CopyButton } from './copy-button.tsx';
import { columnImpact, impactMarkdown, nodeImpact } from './impact.ts';
import { Neighbours } from './neighbours.tsx';
import { pinned, project } from './state.ts';

const MOST_COLUMNS = 200;

/** What a change of the node, or of the column that is pinned in it, would reach. */
export function ImpactTab({ node }: { readonly node: number }): JSX.Element {
  const column = pinned.value !== undefined && project.nodeOfColumn[pinned.value] === node ? pinned.value : undefined;
  const found = useMemo(
    () => (column === undefined ? nodeImpact(project, node) : columnImpact(project, column)),
    [node, column],
  );
  const counts = [
    ['models', found.models.length],
    ['columns', found.columns.length],
    ['exposures', found.exposures.length],
    ['tests', found.tests.length],
  ] as const;
  return (
    <>
      <div class="bar">
        <p>
          A change of <code>{found.of}</code> reaches
        </p>
        <CopyButton text={() => impactMarkdown(project, found)} label="Copy as Markdown" />
      </div>
      <dl class="counts">
        {counts.map(([name, count]) => (
          <div class={count === 0 ? 'zero' : ''}>
            <dd>{count.toLocaleString('en')}</dd>
            <dt>{count === 1 ? name.slice(0, -1) : name}</dt>
          </div>
        ))}
      </dl>
      {column === undefined ? (
        <p class="faint">Choose a column on a card or in Columns to see what only that column reaches.</p>
      ) : (
        <p>
          <button type="button" class="quiet" onClick={() => pin(undefined)}>
            The whole of {project.nodes[node]!.name} instead
          </button>
        </p>
      )}
      {found.owners.length > 0 && (
        <section>
          <h3>Owners</h3>
          <p class="chips">
            {found.owners.map(([owner, count]) => (
              <span>
                {owner} <small>{count}</small>
              </span>
            ))}
          </p>
        </section>
      )}
      <Neighbours title="Exposures" nodes={found.exposures} />
      <Neighbours title="Models" nodes={found.models} />
      <Neighbours title="Others" nodes={found.others} />
      {found.columns.length > 0 && (
        <section>
          <h3>
            Columns <small>{found.columns.length}</small>
          </h3>
          <ul class="links-of">
            {found.columns.slice(0, MOST_COLUMNS).map(({ column: other, kinds }) => (
              <li>
                <button type="button" onClick={() => pin(other)}>
                  <span class="grown">
                    <span class="faint">{project.nodes[project.nodeOfColumn[other]!]!.name}.</span>
                    {project.columnName(other)}
                  </span>
                  <small>{kinds.join(', ')}</small>
                </button>
              </li>
            ))}
          </ul>
          {found.columns.length > MOST_COLUMNS && (
            <p class="faint">and {found.columns.length - MOST_COLUMNS} more: the Markdown has them all</p>
          )}
        </section>
      )}
      {found.unknown.length > 0 && (
        <p class="notice">
          Of {found.unknown.length} of these models not all columns are known, so more may be reached:{' '}
          {found.unknown.map((other) => project.nodes[other]!.name).join(', ')}
        </p>
      )}
    </>
  );
}
