import { textOf } from './arguments.ts';
import { mul } from './arithmetic.ts';
import { printf } from './format/index.ts';
import { str } from './repr.ts';
import { PyDict, PyObject, PyText, PyTuple, type Value } from './value.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&#39;', '"': '&#34;' };

/** Text with HTML's five special characters as entities; Markup is left as it is. */
export function escapeHtml(value: Value): string {
  if (value instanceof PyMarkup) return value.value;
  return str(value).replace(/[&<>'"]/g, (found) => ENTITIES[found] as string);
}

/** Text that is known to be safe HTML: what is joined to it is escaped. */
export class PyMarkup extends PyText {
  override readonly typeName = 'Markup';
  override readonly module = 'markupsafe';
  override repr(): string {
    return `Markup(${str([this.value]).slice(1, -1)})`;
  }
  override arithmetic(operator: string, other: Value, reflected: boolean): Value | undefined {
    if (operator === '+' && textOf(other) !== undefined) {
      const added = escapeHtml(other);
      return new PyMarkup(reflected ? added + this.value : this.value + added);
    }
    if (operator === '*') {
      const repeated = mul(this.value, other);
      return typeof repeated === 'string' ? new PyMarkup(repeated) : undefined;
    }
    if (operator === '%' && !reflected) return new PyMarkup(printf(this.value, escapedArguments(other)));
    return undefined;
  }
}

/** Arguments of `%` whose text comes out escaped. */
function escapedArguments(value: Value): Value {
  if (value instanceof PyTuple) return new PyTuple(value.items.map(escapedArguments));
  if (value instanceof PyDict)
    return new PyDict(Array.from(value.entries(), ([key, item]) => [key, escapedArguments(item)]));
  const isText = textOf(value) !== undefined || (value instanceof PyObject && value.toFloat === undefined);
  return isText || Array.isArray(value) || value === null ? escapeHtml(value) : value;
}
