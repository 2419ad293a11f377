import { describe, expect, it } from 'vitest';
import { findFiles, loadProject, locateEntry, readProjectFile, readProperties } from '../../src/project/index.ts';
import { folderWith } from './folder.ts';

function read(text: string) {
  const root = folderWith({ 'dbt_project.yml': 'name: shop', 'models/schema.yml': text });
  const { project } = loadProject(readProjectFile(root), (one) => one);
  return readProperties(findFiles(project)[0]!);
}
const codes = (text: string) => read(text).problems.map((one) => one.code);

describe('readProperties', () => {
  it('gives the entries of each section', () => {
    const { sections, problems, file } = read(
      'version: 2\nmodels:\n  - name: a\n  - {name: b, columns: []}\nsources:\n  - name: s\ntests: [{name: t}]\ndata_tests: [{name: u}]\nunit_tests:\n  - name: v\n',
    );
    expect(problems).toEqual([]);
    expect([...sections.keys()]).toEqual(['models', 'sources', 'data_tests', 'unit_tests']);
    expect(sections.get('models')!.map((one) => one.name)).toEqual(['a', 'b']);
    expect(sections.get('data_tests')!.map((one) => one.name)).toEqual(['t', 'u']);
    const entry = sections.get('models')![1]!;
    const span = locateEntry(file, [...entry.path, 'name']);
    expect(file.text.slice(span.start, span.end)).toBe('b');
  });

  it('takes empty files', () => {
    expect(codes('')).toEqual([]);
    expect(codes('# nothing\n')).toEqual([]);
  });

  it('tells of wrong shapes, and keeps what is right', () => {
    const text = 'models:\n  - name: a\n  - b\n  - description: x\n  - name: 2020\nseeds: {name: x}\nmetrics:\n';
    const { sections, problems } = read(text);
    expect(sections.get('models')!.map((one) => one.name)).toEqual(['a']);
    expect(problems.map((one) => [one.code, text.slice(one.at!.start, one.at!.end)])).toEqual([
      ['XF1052', 'b'],
      ['XF1053', 'description'],
      ['XF1054', '2020'],
      ['XF1051', 'seeds'],
      ['XF1051', 'metrics'],
    ]);
    expect(problems.every((one) => one.category === 'Parsing' && one.at!.file === 'models/schema.yml')).toBe(true);
  });

  it('guesses what an unknown section meant', () => {
    const [problem] = read('modles: [{name: a}]').problems;
    expect(problem).toMatchObject({ code: 'XF1055', severity: 'warning' });
    expect(problem!.help[0]).toBe("did you mean 'models'?");
  });

  it('wants version 2 or none', () => {
    expect(codes('version: 2')).toEqual([]);
    expect(codes('version: 1')).toEqual(['XF1056']);
    expect(codes('version: 2.0')).toEqual(['XF1056']);
    expect(codes('[1]')).toEqual(['XF1050']);
    expect(codes('a: [')).toEqual(['XF1001']);
  });
});
