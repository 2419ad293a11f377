import { describe, expect, it } from 'vitest';
import { TemporaryProject } from './temporary-project.ts';

// Loaded into the process before the command line: a call of Node's that fails as it never should.
const breaking = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { writeFileSync } = fs;
fs.writeFileSync = (file, ...rest) => {
  if (String(file).includes('broken.sql')) throw new TypeError('undefined is not a file');
  return writeFileSync(file, ...rest);
};
syncBuiltinESMExports();
`;

describe('an error that nobody has foreseen', () => {
  it('is told as a bug of its node alone; the stack is for the log', () => {
    const project = new TemporaryProject({
      'models/broken.sql': 'select 1 as id\n',
      'models/below.sql': "select * from {{ ref('broken') }}\n",
      'models/sound.sql': "{{ config(materialized='table') }} select 1 as id\n",
      'breaking.mjs': breaking,
    });
    const { code, stdout, stderr } = project.xform(['build'], {
      NODE_OPTIONS: `--import ${new URL(`file://${project.folder}/breaking.mjs`)}`,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /xform failed on model\.shop\.broken, which is a bug in xform: undefined is not a file\n.*help: report it .*\[XF7007\]\n/,
    );
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
    expect(project.read('logs/dbt.log')).toMatch(/TypeError: undefined is not a file\n\s+at /);
    expect(project.statuses()).toEqual({
      'model.shop.broken': 'error',
      'model.shop.below': 'skipped',
      'model.shop.sound': 'success',
    });
  });
});
