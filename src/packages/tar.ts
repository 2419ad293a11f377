import { gunzipSync } from 'node:zlib';

/** One entry of an archive, in its order. */
export interface TarEntry {
  readonly type: 'file' | 'folder' | 'symlink' | 'hardlink' | 'other';
  /** As written in the archive. */
  readonly path: string;
  /** Target of a link. */
  readonly target: string;
  readonly isExecutable: boolean;
  readonly data: Buffer;
}

/** An archive that cannot be read. */
export class TarError extends Error {}

const types: Readonly<Record<string, TarEntry['type']>> = {
  '': 'file',
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'folder',
};

/** Reads a .tar.gz (ustar, with the extensions of POSIX and GNU for long names). Throws a TarError. */
export function* readTarGz(bytes: Buffer, mostBytes: number): Generator<TarEntry> {
  const tar = unzip(bytes, mostBytes);
  let at = 0;
  let extended = new Map<string, string>();
  let entries = 0;
  while (at + 512 <= tar.length) {
    const header = tar.subarray(at, at + 512);
    if (header.every((byte) => byte === 0)) break;
    if (!hasChecksum(header)) throw new TarError('it is not a tar file, or damaged');
    const flag = String.fromCharCode(header[156]!);
    const sizeText = extended.get('size');
    const size = sizeText === undefined || isExtension(flag) ? numberAt(header, 124, 12) : Number(sizeText);
    const start = at + 512;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > tar.length) throw new TarError('it ends too early');
    const data = tar.subarray(start, start + size);
    at = start + Math.ceil(size / 512) * 512;
    if (flag === 'g') continue;
    if (flag === 'x') {
      for (const [key, value] of paxRecords(data)) extended.set(key, value);
      continue;
    }
    if (flag === 'L' || flag === 'K') {
      extended.set(flag === 'L' ? 'path' : 'linkpath', textAt(data, 0, data.length));
      continue;
    }
    const prefix = textAt(header, 257, 5) === 'ustar' ? textAt(header, 345, 155) : '';
    const name = textAt(header, 0, 100);
    const path = extended.get('path') ?? (prefix === '' ? name : `${prefix}/${name}`);
    const target = extended.get('linkpath') ?? textAt(header, 157, 100);
    extended = new Map();
    entries += 1;
    const type = types[flag] ?? 'other';
    yield {
      type: type === 'file' && path.endsWith('/') ? 'folder' : type,
      path,
      target,
      isExecutable: (numberAt(header, 100, 8) & 0o100) !== 0,
      data,
    };
  }
  if (entries === 0) throw new TarError('it is empty');
}

const isExtension = (flag: string): boolean => flag === 'x' || flag === 'g' || flag === 'L' || flag === 'K';

function unzip(bytes: Buffer, mostBytes: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new TarError(`unpacked it would be larger than ${Math.round(mostBytes / 1024 / 1024)} MB`);
    }
    throw new TarError('it is not a gzip file, or damaged');
  }
}

function textAt(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** Octal digits, or GNU's binary form where the first bit is set. */
function numberAt(block: Buffer, start: number, length: number): number {
  if ((block[start]! & 0x80) === 0) {
    const text = textAt(block, start, length).trim();
    return text === '' ? 0 : Number.parseInt(text, 8);
  }
  let value = block[start]! & 0x7f;
  for (let i = start + 1; i < start + length; i++) value = value * 256 + block[i]!;
  return value;
}

function hasChecksum(header: Buffer): boolean {
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : header[i]!;
  return sum === numberAt(header, 148, 8);
}

/** `<length> <key>=<value>\n`, the length counting itself. */
function* paxRecords(data: Buffer): Generator<[string, string]> {
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(data.toString('latin1', at, space));
    if (!(length > 0) || at + length > data.length) throw new TarError('one of its headers is damaged');
    const record = data.toString('utf8', space + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) yield [record.slice(0, equals), record.slice(equals + 1)];
    at += length;
  }
}
