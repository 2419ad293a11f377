import type { Token } from './lexer.ts';

const KINDS: Readonly<Record<string, string>> = {
  eof: 'the end of the file',
  variable_begin: "'{{'",
  variable_end: "'}}'",
  block_begin: "'{%'",
  block_end: "'%}'",
  name: 'a name',
  string: 'a string',
  integer: 'a number',
  float: 'a number',
  data: 'text',
};

/** A kind of token in words. */
export function describeKind(kind: string): string {
  return KINDS[kind] ?? `'${kind}'`;
}

/** A token in words. */
export function describe(token: Token): string {
  if (token.kind === 'name') return `'${token.text}'`;
  return describeKind(token.kind);
}
