import { hash } from 'node:crypto';

/** dbt's checksum of a file: of its content, or, for a seed too big to read, of its path. */
export interface Checksum {
  readonly name: 'sha256' | 'path' | 'none';
  readonly checksum: string;
}

/** White space as Python's `str.split` has it. */
const blanks = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Checksum of a text file; formatting does not count. `stripped` is the text without white space at its ends. */
export function textChecksum(stripped: string): Checksum {
  return { name: 'sha256', checksum: sha256(stripped.replace(blanks, ' ')) };
}

/** Checksum of a seed that was read; line ends do not count. */
export function seedChecksum(stripped: string): Checksum {
  return { name: 'sha256', checksum: sha256(stripped.replace(/\r\n?/g, '\n')) };
}

/** Checksum of a seed above the size limit. */
export function pathChecksum(path: string): Checksum {
  return { name: 'path', checksum: path };
}

function sha256(text: string): string {
  return hash('sha256', text);
}
