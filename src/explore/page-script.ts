/**
 * What runs in the browser. Everything that comes from the project is put in as text, never as markup; descriptions are
 * shown as they were written.
 */
export const pageScript = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const byId = new Map(data.nodes.map((node) => [node.id, node]));
const order = ['model', 'source', 'seed', 'snapshot', 'exposure', 'metric', 'semantic_model', 'saved_query', 'analysis', 'function', 'unit_test', 'test'];
const titles = { analysis: 'Analyses', saved_query: 'Saved queries', test: 'Data tests' };
const main = document.querySelector('main');
const list = document.getElementById('list');
const search = document.querySelector('input');
const MOST = 400;

function el(tag, text, attributes) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  return made;
}
const rank = (type) => (order.includes(type) ? order.indexOf(type) : order.length);
const title = (type) => titles[type] || type[0].toUpperCase() + type.slice(1).replace('_', ' ') + 's';
const link = (node) => el('a', node.name, { href: '#!/' + node.type + '/' + encodeURIComponent(node.id), title: node.id });
const words = new Map(data.nodes.map((node) => [
  node.id,
  [node.name, node.path, node.description, ...node.columns.map((c) => c.name + ' ' + c.description)].join(' ').toLowerCase(),
]));

function showList() {
  const wanted = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const found = data.nodes.filter((node) => wanted.every((word) => words.get(node.id).includes(word)));
  const types = [...new Set(found.map((node) => node.type))].sort((a, b) => rank(a) - rank(b));
  const parts = [];
  for (const type of types) {
    const nodes = found.filter((node) => node.type === type).sort((a, b) => (a.name < b.name ? -1 : 1));
    parts.push(el('h3', title(type) + ' · ' + nodes.length));
    for (const node of nodes.slice(0, MOST)) {
      const item = link(node);
      if (node.id === here()) item.className = 'here';
      parts.push(item);
    }
    if (nodes.length > MOST) parts.push(el('a', 'and ' + (nodes.length - MOST) + ' more: search to find them', { class: 'dim' }));
  }
  if (!found.length) parts.push(el('a', 'Nothing found', { class: 'dim' }));
  list.replaceChildren(...parts);
}
const here = () => decodeURIComponent(location.hash.split('/').slice(2).join('/'));

function section(name, ...content) {
  return [el('h3', name), ...content];
}
function table(head, rows) {
  const made = el('table');
  const top = made.appendChild(el('tr'));
  for (const name of head) top.appendChild(el('th', name));
  for (const row of rows) {
    const line = made.appendChild(el('tr'));
    row.forEach((cell, at) => line.appendChild(el('td', cell, at === 1 && head[1] === 'Type' ? { class: 'type' } : {})));
  }
  return made;
}
function links(ids) {
  const made = el('ul');
  for (const id of ids) {
    const item = made.appendChild(el('li'));
    const node = byId.get(id);
    if (node) item.append(link(node), el('span', ' ' + node.type.replace('_', ' '), { class: 'dim' }));
    else item.textContent = id;
  }
  return made;
}
function showNode(node) {
  const kind = node.type.replace('_', ' ') + ' · ' + node.package + ' · ' + node.path;
  const parts = [el('div', kind, { class: 'dim' }), el('h2', node.name)];
  parts.push(el('div', node.description || 'No description.', { class: node.description ? 'text' : 'dim' }));
  if (node.found === false) parts.push(el('p', 'The catalog does not hold it: it is not in the warehouse, or was not asked for.', { class: 'warn' }));
  if (node.facts.length) parts.push(...section('Facts', table(['', ''], node.facts)));
  if (node.columns.length) {
    const rows = node.columns.map((c) => [c.name, c.type || 'unknown', c.description]);
    parts.push(...section('Columns', table(['Name', 'Type', 'Description'], rows)));
  }
  if (node.parents.length) parts.push(...section('Built on', links(node.parents)));
  if (node.children.length) parts.push(...section('Used by', links(node.children)));
  if (node.compiled !== null) parts.push(...section('Compiled SQL', el('pre', node.compiled.trim())));
  else if (node.code !== null) parts.push(...section('Compiled SQL', el('div', 'Not compiled.', { class: 'dim' })));
  if (node.code !== null) parts.push(...section('Source', el('pre', node.code.trim())));
  main.replaceChildren(...parts);
}
function showOverview() {
  const counts = new Map();
  for (const node of data.nodes) counts.set(node.type, (counts.get(node.type) || 0) + 1);
  const rows = [...counts].sort((a, b) => rank(a[0]) - rank(b[0])).map(([type, count]) => [title(type), String(count)]);
  const made = 'Made ' + data.generated.replace('T', ' ').slice(0, 19) + ' UTC' + (data.adapter ? ' from ' + data.adapter : '');
  const parts = [el('h2', data.project), el('div', made, { class: 'dim' })];
  if (data.errors.length) parts.push(...section('Not read', ...data.errors.map((text) => el('pre', text, { class: 'warn' }))));
  main.replaceChildren(...parts, ...section('Resources', table(['Kind', 'Number'], rows)));
}
function show() {
  const node = byId.get(here());
  if (node) showNode(node);
  else showOverview();
  main.scrollTop = 0;
  showList();
}
search.addEventListener('input', showList);
addEventListener('hashchange', show);
show();
`;
