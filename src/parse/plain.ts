/** A mapping of configuration or properties as plain JSON. */
export type PlainObject = Readonly<Record<string, unknown>>;
