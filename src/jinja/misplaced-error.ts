/** Thrown for what only code generation notices, with the place in the template's text. */
export class MisplacedError extends Error {
  readonly start: number;
  readonly end: number;
  constructor(message: string, at: { start: number; end: number }) {
    super(message);
    this.start = at.start;
    this.end = at.end;
  }
}
