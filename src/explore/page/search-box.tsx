import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { focusOn, pin, show } from './actions.ts';
import { Icon } from './icons.tsx';
import { type Hit, Search } from './search.ts';
import { looksLikeSelection, selectNodes } from './selection.ts';
import { pinned, project, searchText } from './state.ts';

/** Made when somebody first searches: it reads every name there is. */
const search: { made?: Search } = {};

/** One line of the list below the search field. */
type Choice =
  | { readonly kind: 'select'; readonly nodes: readonly number[]; readonly label: string }
  | { readonly kind: 'problem'; readonly label: string; readonly help?: string }
  | { readonly kind: 'hit'; readonly hit: Hit; readonly section: string };

/** Nodes, columns, descriptions; and the grammar of `--select`. */
export function SearchBox(): JSX.Element {
  const open = useSignal(false);
  const at = useSignal(0);
  const field = useRef<HTMLInputElement>(null);
  const choices = useComputed(() => (open.value ? choicesFor(searchText.value.trim()) : []));
  const choose = (choice: Choice | undefined): void => {
    if (!choice || choice.kind === 'problem') return;
    open.value = false;
    field.current?.blur();
    take(choice);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = choices.value.length;
    if (move && count) {
      event.preventDefault();
      at.value = (at.value + move + count) % count;
      document.getElementById(`choice-${at.value}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') choose(choices.value[at.value]);
    else if (event.key === 'Escape') {
      if (searchText.value !== '' && open.value) searchText.value = '';
      else field.current?.blur();
      open.value = false;
    }
    event.stopPropagation();
  };
  return (
    <div class="search">
      <Icon name="search" />
      <input
        ref={field}
        id="search"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder="Search models, columns, descriptions, or select: +orders tag:daily"
        aria-label="Search, or select with the grammar of the command line"
        aria-expanded={choices.value.length > 0}
        aria-controls="choices"
        aria-activedescendant={choices.value.length ? `choice-${at.value}` : undefined}
        value={searchText.value}
        onInput={(event) => {
          searchText.value = event.currentTarget.value;
          open.value = true;
          at.value = 0;
        }}
        onFocus={(event) => {
          open.value = true;
          event.currentTarget.select();
        }}
        onBlur={() => {
          open.value = false;
        }}
        onKeyDown={onKeyDown}
      />
      <kbd>/</kbd>
      {choices.value.length > 0 && (
        <div class="choices" id="choices" role="listbox" aria-label="Found">
          {choices.value.map((choice, i) => (
            <Line
              choice={choice}
              isFirst={sectionOf(choice) !== sectionOf(choices.value[i - 1])}
              number={i}
              isAt={i === at.value}
              onChoose={() => choose(choice)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function take(choice: Choice): void {
  if (choice.kind === 'select') {
    show(choice.nodes, searchText.value.trim());
    const [first] = choice.nodes;
    if (choice.nodes.length === 1) focusOn(first!);
  } else if (choice.kind === 'hit') {
    const { node, column } = choice.hit;
    if (column === undefined) focusOn(node);
    else if (pinned.value !== column) pin(column);
  }
}

function choicesFor(text: string): Choice[] {
  if (text === '') return [];
  search.made ??= new Search(project);
  const found = search.made.find(text);
  const section = (name: string, hits: readonly Hit[]): Choice[] =>
    hits.map((hit) => ({ kind: 'hit', hit, section: name }));
  const hits = [
    ...section('Models and other resources', found.nodes),
    ...section('Columns', found.columns),
    ...section('Descriptions', found.descriptions),
  ];
  const selected = selectNodes(project, text);
  if ('nodes' in selected) {
    const drawn = selected.nodes.filter((node) => project.isDrawn(node));
    if (drawn.length === 0) return hits;
    const label = `${drawn.length} ${drawn.length === 1 ? 'node' : 'nodes'}`;
    const choice: Choice = { kind: 'select', nodes: drawn, label };
    return looksLikeSelection(text) ? [choice, ...hits] : [...hits, choice];
  }
  if (!looksLikeSelection(text)) return hits;
  return [...hits, { kind: 'problem', label: selected.problem, help: selected.help }];
}

const sectionOf = (choice: Choice | undefined): string | undefined =>
  choice?.kind === 'hit' ? choice.section : choice && 'Selection';

interface LineProps {
  readonly choice: Choice;
  readonly isFirst: boolean;
  readonly number: number;
  readonly isAt: boolean;
  readonly onChoose: () => void;
}

function Line({ choice, isFirst, number, isAt, onChoose }: LineProps): JSX.Element {
  return (
    <>
      {isFirst && (
        <div class="section" role="presentation">
          {sectionOf(choice)}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field */}
      <div
        class={isAt ? 'choice at' : 'choice'}
        id={`choice-${number}`}
        role="option"
        aria-selected={isAt}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onChoose}
      >
        <Content choice={choice} />
      </div>
    </>
  );
}

function Content({ choice }: { readonly choice: Choice }): JSX.Element {
  if (choice.kind === 'problem')
    return (
      <span class="problem">
        {choice.label}
        {choice.help && <small>{choice.help}</small>}
      </span>
    );
  if (choice.kind === 'select')
    return (
      <>
        <Icon name="fit" />
        <span class="grown">
          Show <code>{searchText.value.trim()}</code>
        </span>
        <small>{choice.label}</small>
      </>
    );
  const { node, column, text } = choice.hit;
  const { type, name, path } = project.nodes[node]!;
  return (
    <>
      <Icon name={column === undefined ? type : 'columns'} />
      <span class="grown">
        {column === undefined ? name : <ColumnLabel node={name} column={project.columnName(column)} />}
        {text !== undefined && <small class="text">{text}</small>}
      </span>
      <small>{column === undefined ? path : (project.columnType(column) ?? '').toLowerCase()}</small>
    </>
  );
}

function ColumnLabel({ node, column }: { readonly node: string; readonly column: string }): JSX.Element {
  return (
    <>
      <span class="faint">{node}.</span>
      {column}
    </>
  );
}
