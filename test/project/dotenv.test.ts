import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDotenv, parseDotenv } from '../../src/project/index.ts';
import { folderWith } from './folder.ts';

const one = (text: string) => Object.fromEntries(parseDotenv(text));

describe('.env', () => {
  it.each([
    ['A=b', { A: 'b' }],
    ['export A=b', { A: 'b' }],
    ['A = b', { A: 'b' }],
    ['A=b # c', { A: 'b' }],
    ['A=b#c', { A: 'b#c' }],
    ['A= # c', { A: '' }],
    ['A=#c', { A: '#c' }],
    ["A='b # c'", { A: 'b # c' }],
    ["A='b\\'c\\\\n'", { A: "b'c\\n" }],
    ['A="b\\nc"', { A: 'b\nc' }],
    ['A="b\nc"\nD=e', { A: 'b\nc', D: 'e' }],
    ['A', { A: null }],
    ['A=', { A: '' }],
    ["'A B'=c", { 'A B': 'c' }],
    ['# x\n\nA=b\r\nC=d', { A: 'b', C: 'd' }],
    ['A="b\nC=d', { C: 'd' }],
    ['A="b" c\nD=e', { D: 'e' }],
    ['\ufeffA=b', { A: 'b' }],
    ['A=b\nA=c', { A: 'c' }],
    ['A=a=b', { A: 'a=b' }],
  ])('%j', (text, expected) => {
    expect(one(text)).toEqual(expected);
  });

  it('is looked for upwards, and yields to what is set', () => {
    const root = folderWith({ '.env': 'A=1\nB=2\nC=\nE', 'x/y/z': '' });
    const { env, file } = loadDotenv(join(root, 'x/y'), { B: 'real' });
    expect(file).toBe(join(root, '.env'));
    expect(env).toEqual({ A: '1', B: 'real', C: '' });
    expect(loadDotenv(root, { PYTHON_DOTENV_DISABLED: 'true' }).file).toBeUndefined();
  });

  it('fills in variables, the real environment first', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the file's own variables, not ours
    const root = folderWith({ '.env': 'A=1\nB=${A}-${X}-${Y:-dflt}-$A\nX=file\n' });
    expect(loadDotenv(root, { A: 'real' }).env.B).toBe('real--dflt-$A');
  });
});
