import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CompileCache,
  compileMacro,
  compileTemplate,
  drive,
  extractBlocks,
  JinjaError,
  type Scope,
  userCacheDir,
} from '../../src/jinja/index.ts';

const nothing: Scope = { lookup: () => undefined };
const SOURCE = 'select {{ 1 + 1 }} as "a" {% for x in \'ab\' %}\n{{ x }}{% endfor %} \u2028';
const RENDERED = 'select 2 as "a" \na\nb \u2028';
let dir: string;

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'jinja-cache-')), 'inner');
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

function fill(...sources: string[]): void {
  const cache = CompileCache.open(dir);
  for (const source of sources) compileTemplate(source, 'm.sql', { cache }).render(nothing);
  cache.save();
}
function cachePath(): string {
  return join(dir, readdirSync(dir)[0]!);
}

describe('the compile cache', () => {
  it('gives back what an earlier invocation compiled', async () => {
    const source = '{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{% endmacro %}';
    const [block] = extractBlocks(source, 'm.sql');
    for (const round of [1, 2, 3]) {
      const cache = CompileCache.open(dir);
      expect(cache.has('template', SOURCE)).toBe(round > 1);
      expect(compileTemplate(SOURCE, 'm.sql', { cache }).render(nothing).text).toBe(RENDERED);
      expect((await drive(compileTemplate(SOURCE, 'm.sql', { cache }).renderWaiting(nothing))).text).toBe(RENDERED);
      const macro = compileMacro(block!, source, 'm.sql', { cache }).bind(nothing, 'pkg.m');
      const scope: Scope = { lookup: (name) => (name === 'm' ? macro : undefined) };
      expect(compileTemplate('{{ m(1, 3, 4) }}', 'x', { cache }).render(scope).text).toBe('13(4,)');
      cache.save();
    }
  });
  it('keeps places and static calls', () => {
    const source = 'a {{ ref("x") }}';
    for (let round = 0; round < 2; round++) {
      const cache = CompileCache.open(dir);
      const template = compileTemplate(source, 'm.sql', { cache });
      expect(template.calls().map((call) => call.callee)).toEqual(['ref']);
      expect(() => template.render(nothing)).toThrow(
        expect.objectContaining({ at: { file: 'm.sql', start: 5, end: 13 } }),
      );
      cache.save();
    }
  });
  it('does not mistake a macro for a template', () => {
    const source = '{% macro m() %}x{% endmacro %}';
    const [block] = extractBlocks(source, 'm.sql');
    const cache = CompileCache.open(dir);
    const macro = compileMacro(block!, source, 'm.sql', { cache }).bind(nothing, 'm');
    compileTemplate('{{ m() }}', 'x', { cache }).render({ lookup: () => macro });
    cache.save();
    expect(compileTemplate(source, 'm.sql', { cache: CompileCache.open(dir) }).render(nothing).text).toBe('');
  });
  it('still reports templates that are not valid', () => {
    fill(SOURCE);
    const cache = CompileCache.open(dir);
    expect(() => compileTemplate('{% if %}', 'm.sql', { cache })).toThrow(JinjaError);
  });
  it('unites what two processes write', () => {
    const one = CompileCache.open(dir);
    const two = CompileCache.open(dir);
    compileTemplate('one', 'm.sql', { cache: one }).render(nothing);
    compileTemplate('two', 'm.sql', { cache: two }).render(nothing);
    one.save();
    two.save();
    const both = CompileCache.open(dir);
    expect([both.has('template', 'one'), both.has('template', 'two')]).toEqual([true, true]);
    expect(readdirSync(dir)).toHaveLength(1);
  });
  it.each([
    ['cut short', (text: string) => text.slice(0, -10)],
    ['changed', (text: string) => text.replace('"select ', '"SELECT ')],
    ['empty', () => ''],
    ['something else', () => 'globalThis.planted = true'],
  ])('is not used where its file is %s', (_how, spoil) => {
    fill(SOURCE);
    const path = cachePath();
    writeFileSync(path, spoil(readFileSync(path, 'utf8')));
    const cache = CompileCache.open(dir);
    expect(cache.has('template', SOURCE)).toBe(false);
    expect(compileTemplate(SOURCE, 'm.sql', { cache }).render(nothing).text).toBe(RENDERED);
    expect('planted' in globalThis).toBe(false);
    cache.save();
    expect(CompileCache.open(dir).has('template', SOURCE)).toBe(true);
  });
  it('loses no other program with one that was cut short', () => {
    fill('one', 'two');
    const path = cachePath();
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -10));
    fill('three');
    const cache = CompileCache.open(dir);
    expect(['one', 'two', 'three'].map((source) => cache.has('template', source))).toEqual([true, false, true]);
  });
  it('leaves alone what is there when nothing is new', () => {
    fill(SOURCE);
    const before = readFileSync(cachePath(), 'utf8');
    fill(SOURCE);
    expect(readFileSync(cachePath(), 'utf8')).toBe(before);
  });
  it.skipIf(process.platform === 'win32')('is only for its user', () => {
    fill(SOURCE);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(cachePath()).mode & 0o777).toBe(0o600);
    chmodSync(dir, 0o777);
    expect(CompileCache.open(dir).has('template', SOURCE)).toBe(false);
  });
  it('does nothing where it cannot write', () => {
    writeFileSync(dir, 'a file in the way');
    expect(() => fill(SOURCE)).not.toThrow();
  });
  it('lies in the folder for caches', () => {
    if (process.platform !== 'win32') {
      expect(userCacheDir({ XDG_CACHE_HOME: '/c' })).toBe('/c/xform');
      expect(userCacheDir({})).toMatch(/\.cache\/xform$/);
    }
  });
});
