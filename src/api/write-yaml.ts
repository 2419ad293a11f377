import { boolYaml11Tag, dump, floatYaml11Tag, NOT_RESOLVED, type Schema, YAML11_SCHEMA } from 'js-yaml';
import { PyFloat, toPlain, type Value } from '../jinja/index.ts';

/** What PyYAML reads as something else than text is quoted, and nothing more: `n` is text to it. Floats keep their point. */
const pyYaml = (): Schema =>
  YAML11_SCHEMA.withTags(
    {
      ...boolYaml11Tag,
      resolve: (source, ...rest) => (/^[yn]$/i.test(source) ? NOT_RESOLVED : boolYaml11Tag.resolve(source, ...rest)),
    },
    {
      ...floatYaml11Tag,
      identify: (data) => data instanceof PyFloat || floatYaml11Tag.identify(data),
      represent: (data) => (data instanceof PyFloat ? withPoint(data.repr()) : floatYaml11Tag.represent(data)),
    },
  );

const withPoint = (text: string): string => (text.includes('.') ? text : text.replace('e', '.0e'));

/** `toyaml`: YAML as PyYAML's `safe_dump` writes it, in block style. */
export function writeYaml(value: Value, sortKeys: boolean): string {
  return dump(toPlain(value), { schema: pyYaml(), sortKeys, lineWidth: 80, noRefs: true });
}
