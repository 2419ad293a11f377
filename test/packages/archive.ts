import { gzipSync } from 'node:zlib';

/** One entry of an archive for tests. */
export interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly link?: string;
  /** The type byte; a file, or a symlink where there is a link. */
  readonly type?: string;
  readonly mode?: number;
}

/** A .tar.gz, with whatever entries, wrong ones too. */
export function archive(entries: readonly Entry[]): Buffer {
  const blocks: Buffer[] = [];
  for (const { path, text = '', link = '', type = link === '' ? '0' : '2', mode = 0o644 } of entries) {
    const data = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\0', 257);
    let sum = 0;
    for (const byte of header) sum += byte;
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, data, Buffer.alloc((512 - (data.length % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** The archive of a small package. */
export function packageArchive(name: string, more: readonly Entry[] = []): Buffer {
  return archive([
    { path: `${name}-1/`, type: '5', mode: 0o755 },
    { path: `${name}-1/dbt_project.yml`, text: `name: ${name}\n` },
    { path: `${name}-1/macros/m.sql`, text: '{% macro m() %}1{% endmacro %}\n' },
    ...more,
  ]);
}
