import type { Manifest } from '../../artifacts/index.ts';
import { emit } from '../../core/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { printEvent } from '../../run/index.ts';
import { Comparison } from '../../state/index.ts';
import { analyse } from '../analyse.ts';
import type { ChangedColumn } from '../changed-columns.ts';
import { idsWithColumns } from '../column-lineage.ts';
import { type EarlierProject, earlierProject } from '../earlier-project.ts';
import { type ChangedNode, type Impact, impactOf, type TouchedNode } from '../impact.ts';
import type { Workspace } from '../workspace.ts';

/** `impact`: says what the changes since an earlier state of the project touch. */
export async function impact(workspace: Workspace, parsed: Parsed): Promise<void> {
  const { flags, invocation, packages } = workspace;
  const { manifest } = parsed;
  const then = await earlierProject(workspace, manifest);
  const analysed = await analyse(workspace, parsed, idsWithColumns(manifest), { isPrinted: true });
  const internal = new Set(packages.filter((one) => one.internal).map(({ project }) => project.name));
  const comparison = new Comparison(manifest, then.manifest, {
    isInternal: (name) => internal.has(name),
    today: invocation.startedAt,
  });
  const found = impactOf({ manifest, analysed, isModified: (id, aspect) => comparison.modified(id, aspect) }, then);
  const text = {
    text: () => asText(found, manifest, then),
    json: () => JSON.stringify(found, null, 2),
    markdown: () => asMarkdown(found, manifest, then),
  }[flags.output as 'text' | 'json' | 'markdown']();
  emit(invocation, printEvent(text));
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** The name people call a node by. */
function nameOf(id: string, now: Manifest, then: EarlierProject): string {
  const node = now.nodes[id] ?? then.manifest.nodes[id];
  if (node) return `${node.resource_type} ${node.name}`;
  const source = now.sources[id] ?? then.manifest.sources[id];
  if (source) return `source ${source.source_name}.${source.name}`;
  return now.exposures[id] ? `exposure ${now.exposures[id]!.name}` : id;
}

const testName = (id: string, { nodes, unit_tests }: Manifest): string => (nodes[id] ?? unit_tests[id])?.name ?? id;

function shownColumn({ name, change, from, to }: ChangedColumn): string {
  switch (change) {
    case 'type':
      return `${name}: ${from} → ${to}`;
    case 'definition':
      return `${name}: is made in another way`;
    default:
      return `${name}: ${change}`;
  }
}

/** What has changed in a node, line by line. What holds for all columns is said once. */
function shownChange({ change, rows, reason, columns }: ChangedNode): string[] {
  const own = columns.filter((one) => one.change !== 'rows' && one.change !== 'unknown').map(shownColumn);
  if (change !== 'modified') return own;
  const why = reason === undefined ? '' : ` (${reason})`;
  switch (rows) {
    case 'changed':
      return [`its rows may be others, and with them all columns${why}`, ...own];
    case 'unknown':
      return [`cannot tell which columns changed, so all count${why}`, ...own];
    default:
      return own.length ? own : ['gives the same rows and columns as before'];
  }
}

const SIGNS: Readonly<Record<ChangedNode['change'], string>> = { added: '+', removed: '-', modified: '~' };

function summary({ base, changed, touched, tests, exposures }: Impact): string {
  const columns = touched.reduce((sum, node) => sum + new Set([...node.columns, ...node.broken]).size, 0);
  return (
    `Changes since ${base}: ${count(changed.length, 'node')}. They touch ${count(columns, 'column')} of ` +
    `${count(touched.length, 'node')} downstream, ${count(tests.length, 'test')} and ${count(exposures.length, 'exposure')}.`
  );
}

function asText(found: Impact, now: Manifest, then: EarlierProject): string {
  const name = (id: string): string => nameOf(id, now, then);
  const lines = [summary(found)];
  for (const node of found.changed)
    lines.push('', `${SIGNS[node.change]} ${name(node.uniqueId)}`, ...shownChange(node).map((line) => `    ${line}`));
  if (found.touched.length) lines.push('', 'Downstream');
  for (const { uniqueId, rows, columns, broken } of found.touched) {
    lines.push(`  ${name(uniqueId)}`);
    if (broken.length) lines.push(`    stands on what is no more: ${broken.join(', ')}`);
    if (rows) lines.push('    its rows may be others, and with them all columns');
    else if (columns.length) lines.push(`    touched: ${columns.join(', ')}`);
  }
  if (found.tests.length) lines.push('', 'Tests', ...found.tests.map((id) => `  ${testName(id, now)}`));
  if (found.exposures.length) lines.push('', 'Exposures', ...found.exposures.map((id) => `  ${name(id)}`));
  if (found.owners.length) lines.push('', `Owners: ${found.owners.join(', ')}`);
  return lines.join('\n');
}

/** For the description of a pull request. */
function asMarkdown(found: Impact, now: Manifest, then: EarlierProject): string {
  const name = (id: string): string => escaped(nameOf(id, now, then));
  const lines = ['### Impact', '', escaped(summary(found))];
  if (found.changed.length) lines.push('', '| changed | columns |', '| --- | --- |');
  for (const node of found.changed)
    lines.push(`| ${node.change}: ${name(node.uniqueId)} | ${shownChange(node).map(escaped).join('<br>')} |`);
  if (found.touched.length) lines.push('', '| downstream | touched | broken |', '| --- | --- | --- |');
  for (const node of found.touched) lines.push(row(node, name(node.uniqueId)));
  const details = (title: string, items: readonly string[]): void => {
    if (!items.length) return;
    const list = items.map((item) => `- ${item}`);
    lines.push('', `<details><summary>${count(items.length, title)}</summary>`, '', ...list, '', '</details>');
  };
  details(
    'test',
    found.tests.map((id) => escaped(testName(id, now))),
  );
  details('exposure', found.exposures.map(name));
  if (found.owners.length) lines.push('', `Owners: ${found.owners.map(escaped).join(', ')}`);
  return lines.join('\n');
}

const row = ({ rows, columns, broken }: TouchedNode, name: string): string =>
  `| ${name} | ${rows ? 'all columns' : columns.map(escaped).join(', ')} | ${broken.map(escaped).join(', ')} |`;

/** Text that Markdown makes nothing else of. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
