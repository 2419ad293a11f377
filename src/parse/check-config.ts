import { type Diagnostic, nearest } from '../core/index.ts';
import { PyFloat } from '../jinja/index.ts';
import { invalidConfig } from './diagnostics.ts';
import type { PlainObject } from './plain.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const isSwitch = (value: unknown): boolean => typeof value === 'boolean' || /^(?:true|false)$/i.test(String(value));
const isMapping = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PyFloat);

interface Rule {
  readonly want: string;
  readonly fits: (value: unknown) => boolean;
  /** All there is to choose from. */
  readonly choices?: readonly string[];
}

const oneOf = (...choices: readonly string[]): Rule => ({
  want: choices.map((choice) => `'${choice}'`).join(' or '),
  fits: (value) => choices.includes(String(value).toLowerCase()),
  choices,
});
const aSwitch: Rule = { want: 'true or false', fits: isSwitch };
const aText: Rule = { want: 'a text', fits: isText };
const aMapping: Rule = { want: 'a mapping', fits: isMapping };

/** What values configs may have, where another would be misread rather than refused later on. */
const RULES: Readonly<Record<string, Rule>> = {
  // The text 'false' would switch nothing off.
  enabled: { want: 'true or false', fits: (value) => typeof value === 'boolean' },
  full_refresh: aSwitch,
  store_failures: aSwitch,
  materialized: aText,
  target_schema: aText,
  target_database: aText,
  tags: { want: 'a text or a list of texts', fits: (value) => [value].flat().every(isText) },
  meta: aMapping,
  grants: aMapping,
  column_types: aMapping,
  persist_docs: aMapping,
  severity: oneOf('error', 'warn'),
  access: oneOf('private', 'protected', 'public'),
  on_schema_change: oneOf('ignore', 'fail', 'append_new_columns', 'sync_all_columns'),
};

/** What is wrong with the config of a node. */
export function checkConfig(node: string, config: PlainObject): Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [key, rule] of Object.entries(RULES)) {
    const value = config[key];
    if (value === undefined || value === null || rule.fits(value)) continue;
    const near = rule.choices && nearest(String(value), rule.choices);
    problems.push(invalidConfig({ node, key, value: JSON.stringify(value), want: rule.want, near }));
  }
  return problems;
}
