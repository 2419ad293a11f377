/** As much of JSON Schema as docs/lineage.schema.json uses. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Where a value is not as a schema wants it, and why. */
export function* violations(value: unknown, schema: Schema, root: Schema = schema, at = '$'): Generator<string> {
  if (schema.$ref !== undefined) {
    yield* violations(value, root.$defs![schema.$ref.replace('#/$defs/', '')]!, root, at);
    return;
  }
  if (schema.type !== undefined && ![schema.type].flat().includes(typeOf(value))) yield `${at} is ${typeOf(value)}`;
  if (schema.const !== undefined && value !== schema.const) yield `${at} is not ${schema.const}`;
  if (schema.enum && !schema.enum.includes(value)) yield `${at} is ${String(value)}`;
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) yield `${at} is too short`;
    for (const [i, item] of value.entries())
      if (schema.items) yield* violations(item, schema.items, root, `${at}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const name of schema.required ?? []) if (!(name in value)) yield `${at}.${name} is missing`;
    for (const [name, inner] of Object.entries(value)) {
      const wanted = schema.properties?.[name] ?? schema.additionalProperties ?? true;
      if (wanted === false) yield `${at}.${name} should not be there`;
      else if (wanted !== true) yield* violations(inner, wanted, root, `${at}.${name}`);
    }
  }
}
