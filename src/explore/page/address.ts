import { batch, effect } from '@preact/signals';
import { focusOn, pin, show, showAll } from './actions.ts';
import type { LensName } from './lenses.ts';
import { selectNodes } from './selection.ts';
import {
  focus,
  lens,
  lenses,
  pinned,
  project,
  searchText,
  selection,
  shown,
  TABS,
  tab,
  timelineOpen,
} from './state.ts';

/** The address of what is seen: `#!/model/model.shop.orders?column=amount&tab=impact`, with dbt docs' own beginning. */
function addressOf(): string {
  const node = focus.value;
  const params = new URLSearchParams();
  if (pinned.value !== undefined) params.set('column', project.columnName(pinned.value));
  if (lens.value !== 'type') params.set('lens', lens.value);
  if (tab.value !== 'overview') params.set('tab', tab.value);
  if (timelineOpen.value) params.set('timeline', '1');
  if (selection.value !== undefined) params.set('select', selection.value);
  const query = params.size ? `?${params}` : '';
  if (node === undefined) return `#!/overview${query}`;
  const { type, id } = project.nodes[node]!;
  return `#!/${type}/${encodeURIComponent(id)}${query}`;
}

/** Goes where an address leads. False where it names nothing that is there. */
export function follow(hash: string): boolean {
  const [path = '', query = ''] = hash.replace(/^#!?\/?/, '').split('?');
  const params = new URLSearchParams(query);
  const node = project.find(decoded(path.split('/').slice(1).join('/')));
  return batch(() => {
    const wantedLens = params.get('lens') ?? '';
    if (Object.hasOwn(lenses, wantedLens)) lens.value = wantedLens as LensName;
    tab.value = TABS.find((name) => name === params.get('tab')) ?? 'overview';
    timelineOpen.value = params.has('timeline');
    const select = params.get('select');
    if (select === '*') showAll();
    else if (select) {
      searchText.value = select;
      const found = selectNodes(project, select);
      if ('nodes' in found) show(found.nodes, select);
    }
    if (node === undefined) return select !== null && shown.value.size > 0;
    if (select === null) focusOn(node);
    else focus.value = node;
    const column = project.findColumn(node, params.get('column') ?? '');
    if (column !== undefined && column !== pinned.value) pin(column);
    if (column === undefined) pinned.value = undefined;
    return true;
  });
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Keeps the address and the page in step, both ways. */
export function startAddress(otherwise: () => void): void {
  const at = { hash: location.hash };
  if (!follow(location.hash)) otherwise();
  effect(() => {
    const hash = addressOf();
    if (hash === at.hash) return;
    // Another node is another place to come back to; another tab of it is not.
    const isNew = hash.split('?')[0] !== at.hash.split('?')[0] && at.hash !== '';
    at.hash = hash;
    try {
      history[isNew ? 'pushState' : 'replaceState'](null, '', hash);
    } catch {
      location.hash = hash;
    }
  });
  addEventListener('hashchange', () => {
    if (location.hash === at.hash) return;
    at.hash = location.hash;
    follow(location.hash);
  });
  addEventListener('popstate', () => {
    if (location.hash === at.hash) return;
    at.hash = location.hash;
    follow(location.hash);
  });
}
