import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { SqlData } from '../explorer-data.ts';
import { CopyButton } from './copy-button.tsx';
import { readSql } from './island-reader.ts';
import { sqlTokens } from './sql-tokens.ts';

const all = signal<SqlData | undefined>(undefined);
const wanted = signal<'compiled' | 'source'>('compiled');
const reading: { started?: Promise<void> } = {};

function load(): void {
  reading.started ??= readSql().then((sql) => {
    all.value = sql;
  });
}

/** The SQL of a node, as it was written and as it is sent. */
export function SqlView({ node }: { readonly node: number }): JSX.Element {
  load();
  if (!all.value) return <p class="faint">Unpacking…</p>;
  const found = all.value[node];
  if (!found) return <p class="faint">It has no SQL.</p>;
  const [source, compiled] = found;
  const text = wanted.value === 'compiled' ? compiled : source;
  return (
    <>
      <div class="bar">
        <div class="choice-of" role="group" aria-label="Which SQL">
          {(['compiled', 'source'] as const).map((which) => (
            <button
              type="button"
              aria-pressed={wanted.value === which}
              onClick={() => {
                wanted.value = which;
              }}
            >
              {which === 'compiled' ? 'Compiled' : 'Source'}
            </button>
          ))}
        </div>
        {text && <CopyButton text={() => text} label="Copy" />}
      </div>
      {text ? <Sql text={text} /> : <p class="faint">{compiled === null ? 'Not compiled.' : 'Empty.'}</p>}
    </>
  );
}

function Sql({ text }: { readonly text: string }): JSX.Element {
  const lines = useMemo(() => linesOf(text), [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys scroll what has the focus
    <pre class="sql" tabIndex={0}>
      {lines.map((tokens) => (
        <code>
          {tokens.map(({ kind, text: piece }) => (kind === 'plain' ? piece : <span class={kind}>{piece}</span>))}
          {'\n'}
        </code>
      ))}
    </pre>
  );
}

/** Tokens by line, so that each line can have its number. */
function linesOf(text: string): { kind: string; text: string }[][] {
  const lines: { kind: string; text: string }[][] = [[]];
  for (const { kind, text: piece } of sqlTokens(text))
    piece.split('\n').forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part !== '') lines.at(-1)!.push({ kind, text: part });
    });
  return lines;
}
