import { dump } from 'js-yaml';
import { toPlain, type Value } from '../jinja/index.ts';

/** `toyaml`: YAML as PyYAML's `safe_dump` writes it, in block style. */
export function writeYaml(value: Value, sortKeys: boolean): string {
  return dump(toPlain(value), { sortKeys, lineWidth: 80, noRefs: true });
}
