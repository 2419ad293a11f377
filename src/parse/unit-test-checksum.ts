import { createHash } from 'node:crypto';
import type { UnitTestFixture, UnitTestInput } from '../artifacts/index.ts';
import { fromPlain, repr, type Value } from '../jinja/index.ts';
import type { PlainObject } from './plain.ts';

/** What a unit test says, but for its description. */
export interface UnitTestText {
  readonly model: string;
  readonly versions: Value;
  readonly given: readonly UnitTestInput[];
  readonly expected: UnitTestFixture;
  readonly overrides: PlainObject | undefined;
}

const FORMATS = { dict: 'Dict', csv: 'CSV', sql: 'SQL' } as const;

const text = (value: unknown): string => repr(fromPlain(value));

/** Rows as dbt prints them into the text that it hashes. */
function fixtureText(kind: string, fixture: UnitTestFixture, input?: string): string {
  const { rows, format, fixture: name } = fixture;
  const parts = [
    ...(input === undefined ? [] : [`input=${text(input)}`]),
    `rows=${text(rows)}`,
    `format=<UnitTestFormat.${FORMATS[format]}: '${format}'>`,
    `fixture=${text(name)}`,
  ];
  return `${kind}(${parts.join(', ')})`;
}

function overridesText(overrides: PlainObject | undefined): string {
  if (!overrides) return 'None';
  const parts = ['macros', 'vars', 'env_vars'].map((key) => `${key}=${text(overrides[key] ?? {})}`);
  return `UnitTestOverrides(${parts.join(', ')})`;
}

/** The checksum of a unit test, as dbt makes it. */
export function unitTestChecksum({ model, versions, given, expected, overrides }: UnitTestText): string {
  const inputs = given.map((input) => fixtureText('UnitTestInputFixture', input, input.input));
  const said = [
    model,
    repr(versions),
    `[${inputs.join(', ')}]`,
    fixtureText('UnitTestOutputFixture', expected),
    overridesText(overrides),
  ];
  const files = given.filter((input) => input.fixture !== null).map((input) => `-${text(input.rows)}`);
  return createHash('sha256')
    .update(said.join('-') + files.join(''))
    .digest('hex');
}
