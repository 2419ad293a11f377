import { existsSync, mkdtempSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { TarError } from '../../src/packages/tar.ts';
import { unpack } from '../../src/packages/unpack.ts';
import { archive, type Entry, packageArchive } from './archive.ts';

function unpacked(bytes: Buffer, limits?: { bytes: number; entries: number }): { folder: string; sha256: string } {
  const folder = join(mkdtempSync(join(tmpdir(), 'xform-unpack-')), 'in', 'it');
  return { folder, sha256: unpack(bytes, folder, limits) };
}

const refusal = (bytes: Buffer, limits?: { bytes: number; entries: number }): string => {
  try {
    unpacked(bytes, limits);
  } catch (error) {
    if (error instanceof TarError) return error.message;
    throw error;
  }
  return 'unpacked';
};

describe('an archive', () => {
  it('becomes a folder without the folder on top', () => {
    const bytes = packageArchive('p', [
      { path: 'p-1/run.sh', text: '#!', mode: 0o755 },
      { path: 'p-1/macros/link.sql', link: 'm.sql' },
      { path: 'pax', type: 'x', text: `${`30 path=p-1/long/${'x'.repeat(12)}`}\n` },
      { path: 'short', text: 'long' },
    ]);
    const { folder } = unpacked(bytes);
    expect(readFileSync(join(folder, 'dbt_project.yml'), 'utf8')).toBe('name: p\n');
    expect(readlinkSync(join(folder, 'macros/link.sql'))).toBe('m.sql');
    expect(statSync(join(folder, 'run.sh')).mode & 0o111).not.toBe(0);
    expect(statSync(join(folder, 'dbt_project.yml')).mode & 0o111).toBe(0);
    expect(readFileSync(join(folder, 'long', 'x'.repeat(12)), 'utf8')).toBe('long');
  });

  it('has the same sum however it is packed', () => {
    const entries: Entry[] = [
      { path: 'a/dbt_project.yml', text: 'name: a\n' },
      { path: 'a/x.sql', text: '1' },
    ];
    const { sha256 } = unpacked(archive(entries));
    const other = entries.map((entry) => ({ ...entry, path: entry.path.replace('a/', 'b/') })).reverse();
    expect(unpacked(archive(other)).sha256).toBe(sha256);
    expect(unpacked(archive([entries[0]!, { path: 'a/x.sql', text: '2' }])).sha256).not.toBe(sha256);
  });

  const project = { path: 'p/dbt_project.yml', text: 'name: p\n' };
  it.each<readonly [string, Entry[], string]>([
    ['a path upwards', [{ path: 'p/../../evil', text: 'x' }], 'would land outside'],
    ['an absolute path', [{ path: '/tmp/evil', text: 'x' }], 'would land outside'],
    ['a path of Windows', [{ path: 'p\\..\\..\\evil', text: 'x' }], 'would land outside'],
    ['a link out', [{ path: 'p/l', link: '../../etc' }], 'leads out'],
    ['a link just above the package', [{ path: 'p/l', link: '..' }], 'leads out'],
    ['an absolute link', [{ path: 'p/l', link: '/etc' }], 'leads out'],
    ['a link that goes up after going down', [{ path: 'p/l', link: 'a/../..' }], 'leads out'],
    [
      'a file below a link',
      [
        { path: 'p/l', link: 'a' },
        { path: 'p/l/evil', text: 'x' },
      ],
      'which is no folder',
    ],
    [
      'a link in place of a file',
      [
        { path: 'p/l', link: 'dbt_project.yml' },
        { path: 'p/l', text: 'x' },
      ],
      'twice',
    ],
    ['a hard link out', [{ path: 'p/l', type: '1', link: 'p/missing' }], 'not in it'],
    ['a device', [{ path: 'p/null', type: '3' }], 'neither file'],
    ['two folders on top', [{ path: 'q/x', text: 'x' }], 'must hold one folder'],
  ])('with %s is refused', (_, entries, reason) => {
    expect(refusal(archive([project, ...entries]))).toContain(reason);
  });

  it('that is none, is damaged or is too large, is refused', () => {
    expect(refusal(Buffer.from('<html>'))).toContain('not a gzip file');
    expect(refusal(gzipSync(Buffer.alloc(2048, 'x')))).toContain('not a tar file');
    expect(refusal(gzipSync(Buffer.alloc(1024)))).toContain('empty');
    expect(refusal(packageArchive('p').subarray(0, 60))).toContain('damaged');
    expect(refusal(packageArchive('p'), { bytes: 1024, entries: 10 })).toContain('larger');
    expect(refusal(packageArchive('p'), { bytes: 100_000, entries: 2 })).toContain('more than 2 entries');
  });

  it('that is refused leaves nothing behind outside', () => {
    const home = mkdtempSync(join(tmpdir(), 'xform-unpack-'));
    expect(() => unpack(archive([project, { path: 'p/../evil', text: 'x' }]), join(home, 'in'))).toThrow(TarError);
    expect(existsSync(join(home, 'evil')) || existsSync(join(home, 'in'))).toBe(false);
  });
});
