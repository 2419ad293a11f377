import type { JSX } from 'preact';
import { focusOn } from './actions.ts';
import { rowCount } from './card.tsx';
import { ColumnsTab } from './columns-tab.tsx';
import { Icon } from './icons.tsx';
import { ImpactTab } from './impact-tab.tsx';
import { hueOf, seconds, toneOf } from './lenses.ts';
import { Markdown, Outside } from './markdown.tsx';
import { Neighbours } from './neighbours.tsx';
import { Overview } from './overview.tsx';
import { typeName } from './project.ts';
import { SqlView } from './sql-view.tsx';
import { focus, project, TABS, tab } from './state.ts';

const TITLES = { overview: 'Overview', columns: 'Columns', sql: 'SQL', impact: 'Impact' } as const;

/** What there is to know of the node in focus. */
export function Details(): JSX.Element {
  const node = focus.value;
  if (node === undefined) return <Overview />;
  const { name, type, path, package: pkg } = project.nodes[node]!;
  const count = project.columns(node).length;
  return (
    <aside class="panel" aria-label={`About ${name}`}>
      <header>
        <div class="kind">
          <span class={`tile ink-${hueOf(type)} tone-${hueOf(type)}`}>
            <Icon name={type} size={15} />
          </span>
          {typeName(type)}
          <button
            type="button"
            class="quiet close"
            aria-label="About the project"
            title="About the project"
            onClick={() => {
              focus.value = undefined;
            }}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
        <h2>{name}</h2>
        <p class="path">{[pkg, path].filter(Boolean).join(' · ')}</p>
      </header>
      <div class="tabs" role="tablist" aria-label="Parts" onKeyDown={turnTab}>
        {TABS.map((one) => (
          <button
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={tab.value === one}
            aria-controls="tab"
            onClick={() => {
              tab.value = one;
            }}
          >
            {TITLES[one]}
            {one === 'columns' && count > 0 && <small>{count}</small>}
          </button>
        ))}
      </div>
      <div class="content" role="tabpanel" id="tab" aria-labelledby={`tab-${tab.value}`} key={`${node} ${tab.value}`}>
        {tab.value === 'overview' && <About node={node} />}
        {tab.value === 'columns' && <ColumnsTab node={node} />}
        {tab.value === 'sql' && <SqlView node={node} />}
        {tab.value === 'impact' && <ImpactTab node={node} />}
      </div>
    </aside>
  );
}

/** Arrows go from tab to tab, as tabs do everywhere. */
function turnTab(event: KeyboardEvent): void {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (way === undefined) return;
  event.preventDefault();
  tab.value = TABS[(TABS.indexOf(tab.value) + way + TABS.length) % TABS.length]!;
  document.getElementById(`tab-${tab.value}`)?.focus();
}

function About({ node }: { readonly node: number }): JSX.Element {
  const { description, incomplete, missing, result, url } = project.nodes[node]!;
  const tests = project.tests(node);
  return (
    <>
      {description ? <Markdown text={description} /> : <p class="faint">No description.</p>}
      {url !== undefined && /^https?:/i.test(url) && (
        <p>
          <Outside to={url}>{url}</Outside>
        </p>
      )}
      {missing && <p class="notice">The catalog does not hold it: it is not in the warehouse, or was not asked for.</p>}
      {incomplete?.map((reason) => (
        <p class="notice">There may be more columns: {reason}</p>
      ))}
      {toneOf(result?.status) === 'bad' && result?.message && <pre class="failure">{result.message}</pre>}
      <Facts node={node} />
      {tests.length > 0 && (
        <section>
          <h3>
            Tests <small>{tests.length}</small>
          </h3>
          <ul class="lines">
            {tests.map((test) => (
              <TestLine test={test} />
            ))}
          </ul>
        </section>
      )}
      <Neighbours title="Built on" nodes={project.parents(node)} />
      <Neighbours title="Used by" nodes={project.children(node)} />
    </>
  );
}

/** A node's facts, name by name. */
function Facts({ node }: { readonly node: number }): JSX.Element {
  const data = project.nodes[node]!;
  const { result, freshness, catalog } = data;
  const rows = rowCount(node);
  const isBad = toneOf(result?.status) === 'bad';
  const facts: [string, string | undefined][] = [
    ['Materialized', ['model', 'snapshot'].includes(data.type) ? project.materialized(node) : undefined],
    ['Relation', data.relation],
    ['Rows', rows?.toLocaleString('en')],
    ['Owner', data.owner],
    ['Group', data.group],
    ['Access', data.access],
    ['Version', data.version === undefined ? undefined : `${data.version} of ${data.latestVersion ?? data.version}`],
    ['Tags', data.tags?.join(', ')],
    [
      'Last run',
      result && [result.status, seconds(result.seconds), isBad ? '' : result.message].filter(Boolean).join(' · '),
    ],
    ['Failures', result?.failures?.toLocaleString('en')],
    ['Freshness', freshness && [freshness.status, freshness.loadedAt].filter(Boolean).join(' · loaded ')],
    ['Tests column', data.testColumn],
    ...(catalog ?? []).map(([label, value]): [string, string] => [
      label === 'Type' ? 'In the warehouse' : label,
      value,
    ]),
    ...metaOf(data.config),
    ['Unique id', data.id],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined &&
          value !== '' && (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** What the project says of a node for its own ends. The owner has a line already. */
function metaOf(config: number): [string, string][] {
  const { meta } = project.data.configs[config]! as { meta?: Readonly<Record<string, unknown>> };
  return Object.entries(meta ?? {}).flatMap(([name, value]): [string, string][] =>
    name === 'owner' ? [] : [[`meta: ${name}`, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
}

function TestLine({ test }: { readonly test: number }): JSX.Element {
  const { name, test: generic, testColumn, result, type } = project.nodes[test]!;
  const status = result?.status ?? 'not run';
  return (
    <li>
      <button type="button" title={`${name}: ${status}`} onClick={() => focusOn(test)}>
        <span class={`dot tone-${toneOf(result?.status)}`} />
        <span class="grown">
          {generic ?? name}
          {testColumn !== undefined && <span class="faint"> {testColumn}</span>}
          {type === 'unit_test' && <span class="faint"> unit test</span>}
        </span>
        <small>{result?.failures ? `${result.failures} failures` : status}</small>
      </button>
    </li>
  );
}
