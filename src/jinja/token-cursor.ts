import type { Token } from './lexer.ts';
import type { SourceText } from './source-text.ts';
import { describe, describeKind } from './token-words.ts';

/** Going through the tokens of a template. */
export class TokenCursor {
  protected readonly source: SourceText;
  protected readonly tokens: readonly Token[];
  protected at = 0;

  constructor(source: SourceText, tokens: readonly Token[]) {
    this.source = source;
    this.tokens = tokens;
  }

  protected get token(): Token {
    return this.tokens[this.at]!;
  }
  protected next(): Token {
    const token = this.tokens[this.at]!;
    if (token.kind !== 'eof') this.at += 1;
    return token;
  }
  protected fail(message: string, at: { start: number; end: number } = this.token): never {
    throw this.source.syntaxError(message, at.start, at.end);
  }
  protected isName(name: string): boolean {
    const token = this.token;
    return token.kind === 'name' && token.text === name;
  }
  protected skipName(name: string): boolean {
    if (!this.isName(name)) return false;
    this.at += 1;
    return true;
  }
  protected skip(kind: string): boolean {
    if (this.token.kind !== kind) return false;
    this.at += 1;
    return true;
  }
  protected expect(kind: string): Token {
    if (this.token.kind !== kind) this.fail(`expected ${describeKind(kind)}, found ${describe(this.token)}`);
    return this.next();
  }
  /** End of the token before the current one. */
  protected get lastEnd(): number {
    return this.at > 0 ? this.tokens[this.at - 1]!.end : 0;
  }
}
