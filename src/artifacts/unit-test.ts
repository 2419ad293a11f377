import { defaultConfig, type UnitTestConfig } from './config.ts';
import type { DependsOn, Given, NodeVersion } from './parts.ts';

/** Rows in one of the three ways a unit test can give them: as objects, as CSV, as SQL. */
export interface UnitTestFixture {
  readonly rows: string | readonly Readonly<Record<string, unknown>>[] | null;
  readonly format: 'csv' | 'dict' | 'sql';
  readonly fixture: string | null;
}

/** The rows that stand in for one input of the model. */
export interface UnitTestInput extends UnitTestFixture {
  /** `ref('x')`, `source('a', 'b')` or `this`. */
  readonly input: string;
}

/** What a unit test pretends. */
export interface UnitTestOverrides {
  readonly macros: Readonly<Record<string, unknown>>;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly env_vars: Readonly<Record<string, unknown>>;
}

/** A unit test of a model. */
export interface UnitTestNode {
  readonly model: string;
  readonly given: readonly UnitTestInput[];
  readonly expect: UnitTestFixture;
  readonly name: string;
  readonly resource_type: 'unit_test';
  readonly package_name: string;
  readonly path: string;
  readonly original_file_path: string;
  readonly unique_id: string;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly overrides: UnitTestOverrides | null;
  readonly depends_on: DependsOn;
  readonly config: UnitTestConfig;
  readonly checksum: string | null;
  readonly schema: string | null;
  readonly created_at: number;
  readonly versions: {
    readonly include: readonly NodeVersion[] | null;
    readonly exclude: readonly NodeVersion[] | null;
  } | null;
  readonly version: NodeVersion | null;
}

type Required =
  | 'model'
  | 'given'
  | 'expect'
  | 'name'
  | 'package_name'
  | 'path'
  | 'original_file_path'
  | 'unique_id'
  | 'fqn';

/** The name by which a unit test is told apart from those of other versions of its model. */
export const unitTestName = ({ name, version }: Pick<UnitTestNode, 'name' | 'version'>): string =>
  version === null ? name : `${name}_v${version}`;

/** A unit test with dbt's defaults. */
export function unitTestNode(given: Given<UnitTestNode, Required>): UnitTestNode {
  const blank = {
    model: '',
    given: given.given,
    expect: given.expect,
    name: '',
    resource_type: 'unit_test' as const,
    package_name: '',
    path: '',
    original_file_path: '',
    unique_id: '',
    fqn: [],
    description: '',
    overrides: null,
    depends_on: { macros: [], nodes: [] },
    config: given.config ?? defaultConfig('unit_test'),
    checksum: null,
    schema: null,
    created_at: 0,
    versions: null,
    version: null,
  };
  return { ...blank, ...given };
}
