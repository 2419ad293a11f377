import type { JSX } from 'preact';
import { focusOn } from './actions.ts';
import { Icon } from './icons.tsx';
import { hueOf } from './lenses.ts';
import { project } from './state.ts';

/** Nodes as a list of links. */
export function Neighbours({
  title,
  nodes,
}: {
  readonly title: string;
  readonly nodes: readonly number[];
}): JSX.Element | null {
  if (nodes.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <small>{nodes.length}</small>
      </h3>
      <ul class="lines">
        {nodes.map((other) => {
          const { name, type, owner } = project.nodes[other]!;
          return (
            <li>
              <button type="button" onClick={() => focusOn(other)}>
                <span class={`ink-${hueOf(type)}`}>
                  <Icon name={type} size={14} />
                </span>
                <span class="grown">{name}</span>
                <small>{owner ?? project.materialized(other)}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
