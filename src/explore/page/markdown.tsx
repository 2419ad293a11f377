import type { ComponentChildren, JSX } from 'preact';

/**
 * Descriptions are Markdown. This reads the part of it that they are written in: paragraphs, headings, lists, tables, code,
 * emphasis and links. It makes elements and never markup, so that nothing in a description can do anything.
 */
export function Markdown({ text }: { readonly text: string }): JSX.Element {
  return <div class="markdown">{[...blocks(text.replaceAll('\r\n', '\n').split('\n'))]}</div>;
}

function* blocks(lines: readonly string[]): Generator<JSX.Element> {
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const end = (fits: (line: string) => boolean): number => {
      let to = at + 1;
      while (to < lines.length && fits(lines[to]!)) to++;
      return to;
    };
    if (line.trim() === '') {
      at++;
      continue;
    }
    if (/^\s*```/.test(line)) {
      const to = end((next) => !/^\s*```/.test(next));
      yield <pre>{lines.slice(at + 1, to).join('\n')}</pre>;
      at = to + 1;
      continue;
    }
    const heading = /^#{1,6}\s+(.*)/.exec(line);
    if (heading) {
      yield <h4>{inline(heading[1]!)}</h4>;
      at++;
      continue;
    }
    if (line.includes('|') && /^[\s|:-]*-[\s|:-]*$/.test(lines[at + 1] ?? '')) {
      const to = end((next) => next.includes('|'));
      yield <MarkdownTable rows={lines.slice(at, to)} />;
      at = to;
      continue;
    }
    const item = /^\s*(?:[-*+]|(\d+)[.)])\s+/.exec(line);
    if (item) {
      const to = end((next) => /^\s*(?:[-*+]|\d+[.)])\s+|^\s{2,}\S/.test(next));
      const items = lines.slice(at, to).map((one) => <li>{inline(one.replace(/^\s*(?:[-*+]|\d+[.)])\s+/, ''))}</li>);
      yield item[1] ? <ol>{items}</ol> : <ul>{items}</ul>;
      at = to;
      continue;
    }
    const to = end((next) => next.trim() !== '' && !/^\s*(```|#{1,6}\s|[-*+]\s|\d+[.)]\s)/.test(next));
    yield <p>{inline(lines.slice(at, to).join('\n'))}</p>;
    at = to;
  }
}

function MarkdownTable({ rows }: { readonly rows: readonly string[] }): JSX.Element {
  const cells = (row: string): string[] =>
    row
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const [head, , ...body] = rows;
  return (
    <table>
      <thead>
        <tr>
          {cells(head!).map((cell) => (
            <th>{inline(cell)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {body.map((row) => (
          <tr>
            {cells(row).map((cell) => (
              <td>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|\b_([^_]+)_\b|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+)/g;

function inline(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    at = found.index + found[0].length;
    const [whole, code, bold, boldToo, soft, softToo, label, address, bare] = found;
    const strong = bold ?? boldToo;
    const em = soft ?? softToo;
    if (code) parts.push(<code>{code}</code>);
    else if (strong) parts.push(<strong>{inline(strong)}</strong>);
    else if (em) parts.push(<em>{inline(em)}</em>);
    else if (bare) parts.push(<Outside to={bare}>{bare}</Outside>);
    else if (/^(https?:|mailto:)/i.test(address!)) parts.push(<Outside to={address!}>{label}</Outside>);
    else parts.push(label ?? whole);
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** A link out of the page. */
export function Outside({ to, children }: { readonly to: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
