import { describe, expect, it } from 'vitest';
import { canBeMet, compareVersions, meets, parseBound, parseVersion } from '../../src/packages/version.ts';

const bound = (text: string) => parseBound(text)!;
const version = (text: string) => parseVersion(text)!;

describe('versions', () => {
  it('are read with and without a dash before the prerelease', () => {
    expect(version('1.2.3-rc.1')).toEqual({ major: 1, minor: 2, patch: 3, prerelease: ['rc', 1] });
    expect(version('1.2.3b2').prerelease).toEqual(['b2']);
    expect(version('1.2.3+build.5').prerelease).toEqual([]);
    for (const wrong of ['1.0', '1', '01.2.3', '^1.0.0', '1.x', '', '>=1.0.0,<2.0.0'])
      expect(parseBound(wrong)).toBeUndefined();
  });

  it('are ordered', () => {
    const sorted = [
      '1.0.0-1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-beta',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ];
    const shuffled = [...sorted].reverse().sort((a, b) => compareVersions(version(a), version(b)));
    expect(shuffled).toEqual(sorted);
  });

  it('meet bounds', () => {
    const cases: [string, string, boolean][] = [
      ['1.0.0', '1.0.0', true],
      ['1.0.1', '=1.0.0', false],
      ['1.0.0', '>1.0.0', false],
      ['1.0.0', '>=1.0.0', true],
      ['1.0.0', '<=1.0.0', true],
      ['1.0.0', '<1.0.0', false],
      ['1.0.0-rc1', '<1.0.0', false],
      ['0.9.9-rc1', '<1.0.0', true],
      ['1.0.0-rc1', '<1.0.0-rc2', true],
      ['1.0.0-rc1', '<=1.0.0', true],
      ['1.0.0-rc1', '>=1.0.0', false],
    ];
    for (const [text, limit, fits] of cases)
      expect([text, limit, meets(version(text), bound(limit))]).toEqual([text, limit, fits]);
  });

  it('tells conditions that exclude each other', () => {
    const met = (...texts: string[]) => canBeMet(texts.map(bound));
    expect(met('>=1.0.0', '<2.0.0', '<1.5.0')).toBe(true);
    expect(met('>=1.0.0', '<=1.0.0')).toBe(true);
    expect(met('>1.0.0', '<=1.0.0')).toBe(false);
    expect(met('>=2.0.0', '<1.5.0')).toBe(false);
    expect(met('1.0.0', '1.0.1')).toBe(false);
    expect(met('1.0.0', '>=1.0.0', '<2.0.0')).toBe(true);
    expect(met()).toBe(true);
  });
});
