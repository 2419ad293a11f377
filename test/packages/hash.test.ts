import { describe, expect, it } from 'vitest';
import type { PyDict } from '../../src/jinja/index.ts';
import { definitionHash } from '../../src/packages/index.ts';
import { yamlScalar } from '../../src/packages/yaml-scalar.ts';
import { loadYaml } from '../../src/project/index.ts';

/** As dbt 1.12.6 computes them. */
const known: readonly (readonly [yaml: string, hash: string])[] = [
  ['[{package: a/b, version: 1.0.0}]', 'fbe59819b389dd3c16eebc554e4ec5b3ce2924bc'],
  ['[{package: a/b, version: [">=1.0.0", "<2.0.0"]}]', '3fb81c1ba79cf8f4ae304803deaa6a9f1b48f61d'],
  ['[{package: a/b, version: 1.0}]', 'bbcacd8a45bfe08b1b0e318c1c09cccb5c12fe57'],
  ['[{package: a/b, version: 1}]', '32bf9a4e1b867194889b8706b73ea8b611e74a77'],
  ['[{package: a/b, version: [1.0, "<2.0.0"]}]', '72af1012f417c5ff2719e0671ecb666898361020'],
  ['[{package: a/b, version: 1.0.0, install_prerelease: true}]', 'c3abe22411807d7e886d361b3a1ce2cce9664ba6'],
  ['[{package: a/b, version: 1.0.0, install_prerelease: null}]', '27fd72f796194dac7877358c940cfffb6b4d728c'],
  ['[{git: u}]', '1b25698b4d25b874390733a0e7dab55113a5d08d'],
  ['[{git: u, revision: "1.0"}]', 'e7e83fe7903d893d61555055681396184ac9f0ed'],
  ['[{git: u, revision: 1.0}]', 'daaca5d3e1d52c67710e9624ee506d2ffc102347'],
  ['[{git: u, revision: 1}]', 'ebe69d9d61dbb1f7468fc2d4eb0981182c7bbe18'],
  ['[{git: u, revision: x, subdirectory: s, warn-unpinned: false}]', '1f569822d8fac9c3f9d0bc5b2859bd85b53e289c'],
  ['[{git: u, name: nm}]', '6f9463ce0edb669500d5b6a051f630290cdc80ea'],
  ['[{local: é/ü}]', '762c861d0faf5e397c4043f3f755683c400b90f4'],
  ['[{local: x, name: y}]', '0a51ea9a5ee7cdfd4918545f0606afe3481c9be6'],
  ['[{tarball: x, name: y}]', 'f8c28aa6c070b2b0dce8667ca339c493f36b7373'],
  ['[{private: o/r, provider: github, revision: x}]', '506917f7550208bc2f79836f7747c3a903dc4fd9'],
  ['[{private: o/r}]', '5a64c42f1f9239811cbeffabb9d8ead0c2dbfd6e'],
  ['[{local: x}, {git: u}]', '9d84cc6dcbed853304a140d155fea2cd97475bb5'],
];

describe('the hash of the packages declared', () => {
  it.each(known)('%s', (yaml, hash) => {
    const packages = loadYaml(yaml, '').value as PyDict[];
    expect(definitionHash({ packages, unrendered: packages })).toBe(hash);
  });
});

describe('texts in the lock file', () => {
  it('are plain where they read back as text', () => {
    const cases: [string, string][] = [
      ['1.3.0', '1.3.0'],
      ['../a b', '../a b'],
      ['1.0', "'1.0'"],
      ['yes', "'yes'"],
      ['2024-01-01', "'2024-01-01'"],
      ["{{ env_var('X') }}", "'{{ env_var(''X'') }}'"],
      ['a: b', "'a: b'"],
      ['é', '"\\xE9"'],
      ['🦆', '"\\U0001F986"'],
    ];
    for (const [text, written] of cases) expect(yamlScalar(text, 4, 6)).toBe(written);
  });

  it('are folded behind the column 80', () => {
    expect(yamlScalar(`${'x'.repeat(90)} y`, 0, 6)).toBe(`${'x'.repeat(90)}\n      y`);
  });
});
