/** A macro call on the way from a file to the text it rendered. */
export interface MacroFrame {
  /** `package.macro`, or the bare name where no package is known. */
  readonly macro: string;
  /** Where inside that macro the next inner call, or the error, stands. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A stretch of a user's file. Offsets are UTF-16 code units from the start of the file (what JavaScript strings
 * count in); lines and columns are computed only when a message is printed.
 */
export interface Span {
  /** Path as shown to the user: relative to the project where possible. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** The same place in the rendered SQL, where the span came through a template. */
  readonly rendered?: { readonly start: number; readonly end: number };
  /** Macro calls between the file of the node and `file`, outermost first. */
  readonly via?: readonly MacroFrame[];
  /** Where, in the file of the node, the outermost of those calls stands. */
  readonly origin?: { readonly file: string; readonly start: number; readonly end: number };
}

/** How a file of the packages that come with xform is named: `dbt: tests/generic.sql`. */
export const internalFile = (pkg: string, path: string): string => `${pkg}: ${path}`;

/** The package and path of such a name; undefined for files of the user. */
export function internalPlace(file: string): { readonly package: string; readonly path: string } | undefined {
  const match = /^(\w+): (.+)$/.exec(file);
  return match ? { package: match[1]!, path: match[2]! } : undefined;
}

/** 1-based line and column (in code points, as editors count). */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset. Offsets past the end give the end. */
export function lineColumn(text: string, offset: number): LineColumn {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: [...text.slice(lineStart, end)].length + 1 };
}
