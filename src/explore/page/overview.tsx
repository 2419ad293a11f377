import type { JSX } from 'preact';
import { focusOn, showAll } from './actions.ts';
import { Icon } from './icons.tsx';
import { seconds, toneOf } from './lenses.ts';
import { Markdown } from './markdown.tsx';
import { plural } from './plural.ts';
import { typeName } from './project.ts';
import { project, timelineOpen } from './state.ts';

/** What there is to know of the project as a whole. */
export function Overview(): JSX.Element {
  const { data, nodes } = project;
  const counts = new Map<string, number>();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  const bad = nodes.flatMap(({ result }, node) => (toneOf(result?.status) === 'bad' ? [node] : []));
  const incomplete = project.drawn.filter((node) => nodes[node]!.incomplete !== undefined).length;
  return (
    <aside class="panel" aria-label="About the project">
      <header>
        <div class="kind">project</div>
        <h2>{data.project}</h2>
        <p class="path">
          Made {moment(data.generated)}
          {data.adapter === null ? '' : ` from ${data.adapter}`} by xform {data.version}
        </p>
      </header>
      <div class="content">
        <p>
          <button type="button" class="quiet" onClick={showAll}>
            <Icon name="fit" size={14} /> Show the whole project
          </button>
        </p>
        {data.overview !== null && <Markdown text={data.overview} />}
        {data.errors.map((error) => (
          <p class="notice">Not read: {error}</p>
        ))}
        <dl class="counts wide">
          {[...counts].map(([type, count]) => (
            <div>
              <dd>{count.toLocaleString('en')}</dd>
              <dt>{plural(typeName(type), count)}</dt>
            </div>
          ))}
          <div>
            <dd>{project.nodeOfColumn.length.toLocaleString('en')}</dd>
            <dt>columns</dt>
          </div>
          <div>
            <dd>{(data.edges.length / 3).toLocaleString('en')}</dd>
            <dt>column edges</dt>
          </div>
        </dl>
        {incomplete > 0 && (
          <p class="faint">
            Of {incomplete} {incomplete === 1 ? 'node' : 'nodes'} not all columns are known; each says why.
          </p>
        )}
        {data.run ? (
          <section>
            <h3>Last run</h3>
            <p>
              <code>{data.run.command}</code> ended {moment(data.run.generated)} after {seconds(data.run.elapsed)}.{' '}
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  timelineOpen.value = true;
                }}
              >
                <Icon name="timeline" size={14} /> Timeline
              </button>
            </p>
            <ul class="lines">
              {bad.map((node) => (
                <li>
                  <button type="button" onClick={() => focusOn(node)}>
                    <span class="dot tone-bad" />
                    <span class="grown">{nodes[node]!.name}</span>
                    <small>{nodes[node]!.result!.status}</small>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <p class="faint">Nothing has run yet.</p>
        )}
      </div>
    </aside>
  );
}

const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
