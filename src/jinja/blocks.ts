import { skipExpression, skipTag, tagAt } from './block-scan.ts';
import { type BlockHeader, parseHeader } from './parser.ts';
import { SourceText } from './source-text.ts';

export type BlockKind = 'macro' | 'materialization' | 'test' | 'snapshot' | 'docs';

/** A block at the top level of a file. All offsets are those of the file. */
export interface Block {
  readonly kind: BlockKind;
  /** Full name, such as `test_unique` or `materialization_view_default`. */
  readonly name: string;
  /** The name as written. */
  readonly plainName: string;
  /** Of a materialization: the adapter it is for, or `default`. */
  readonly adapter?: string;
  readonly supportedLanguages?: readonly string[];
  readonly args: readonly { readonly name: string; readonly annotation?: string; readonly defaultSource?: string }[];
  /** The whole block, with its tags. */
  readonly source: string;
  readonly body: { readonly start: number; readonly end: number };
  readonly span: { readonly start: number; readonly end: number };
}

const KIND_OF_TAG: ReadonlyMap<string, BlockKind> = new Map([
  ['macro', 'macro'],
  ['materialization', 'materialization'],
  ['test', 'test'],
  ['data_test', 'test'],
  ['snapshot', 'snapshot'],
  ['docs', 'docs'],
]);

/**
 * The blocks at the top level of a file; what stands between them does not matter, so that a README with Jinja-like
 * text in it does no harm. Bodies are not parsed, only gone through for their end. Throws JinjaError for a block that
 * is broken or never closed.
 */
export function extractBlocks(source: string, file: string, options: { only?: readonly BlockKind[] } = {}): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  for (let open = source.indexOf('{', at); open !== -1; open = source.indexOf('{', at)) {
    const mark = source.charCodeAt(open + 1);
    if (mark === 35) {
      const close = source.indexOf('#}', open + 2);
      at = close === -1 ? open + 2 : close + 2;
    } else if (mark === 123) at = skipExpression(source, open) ?? open + 2;
    else if (mark === 37) {
      const tag = tagAt(source, open);
      const kind = KIND_OF_TAG.get(tag.name);
      if (tag.name === 'raw') at = tag.end;
      else if (kind === undefined || (options.only !== undefined && !options.only.includes(kind))) {
        at = skipTag(source, open) ?? open + 2;
      } else {
        const block = readBlock(source, file, open, tag.name, kind);
        blocks.push(block);
        at = block.span.end;
      }
    } else at = open + 1;
  }
  return blocks;
}

function readBlock(source: string, file: string, open: number, tag: string, kind: BlockKind): Block {
  const fail = (message: string, end: number) => new SourceText(file, source).syntaxErrorAt(message, open, end);
  const bodyStart = skipTag(source, open);
  // A bracket or string left open hides the end of the tag: reading what is there tells which.
  if (bodyStart === undefined) parseHeader(new SourceText(file, source, open));
  if (bodyStart === undefined) throw fail(`this '{% ${tag}' tag is never closed with '%}'`, open + 2);
  const header = parseHeader(new SourceText(file, source, open, bodyStart));
  const closing = endOf(source, bodyStart, tag, kind);
  if (closing === undefined)
    throw fail(`'${tag} ${header.plainName}' is never closed: '{% end${tag} %}' is missing`, bodyStart);
  return {
    kind,
    name: header.name,
    plainName: header.plainName,
    ...(header.adapter === undefined ? {} : { adapter: header.adapter }),
    ...(header.supportedLanguages === undefined ? {} : { supportedLanguages: header.supportedLanguages }),
    args: argsOf(header, new SourceText(file, source, open, bodyStart)),
    source: source.slice(open, closing.end),
    body: { start: bodyStart, end: closing.start },
    span: { start: open, end: closing.end },
  };
}

function argsOf(header: BlockHeader, source: SourceText): Block['args'] {
  return header.parameters.map(({ name, annotation, value }) => ({
    name,
    ...(annotation === undefined ? {} : { annotation }),
    ...(value === undefined ? {} : { defaultSource: source.text.slice(value.start, value.end) }),
  }));
}

/** The closing tag of a block: in docs the first one, elsewhere the one that matches. */
function endOf(source: string, from: number, tag: string, kind: BlockKind): { start: number; end: number } | undefined {
  const closing = new Set(tag === 'data_test' ? ['enddata_test', 'endtest'] : [`end${tag}`]);
  let depth = 1;
  let at = from;
  for (let open = source.indexOf('{', at); open !== -1; open = source.indexOf('{', at)) {
    const mark = source.charCodeAt(open + 1);
    if (mark === 35) {
      const close = source.indexOf('#}', open + 2);
      if (close === -1 && kind !== 'docs') return undefined;
      at = close === -1 ? open + 2 : close + 2;
    } else if (mark === 123) {
      at = kind === 'docs' ? open + 2 : (skipExpression(source, open) ?? open + 2);
    } else if (mark === 37) {
      const found = tagAt(source, open);
      const end = found.name === 'raw' ? found.end : skipTag(source, open);
      if (closing.has(found.name)) {
        depth -= 1;
        if (depth === 0 && end !== undefined) return { start: open, end };
      } else if (found.name === tag && kind !== 'docs') depth += 1;
      at = end ?? open + 2;
    } else at = open + 1;
  }
  return undefined;
}
