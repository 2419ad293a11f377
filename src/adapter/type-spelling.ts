/** Reads a type with something in brackets, such as `varchar(10)`; `known` is the catalog's spelling of the name before them. */
export type SizedType = (name: string, inner: string, known: string | undefined) => string;

/**
 * How a warehouse's catalog spells a type, in lower case, however it is written.
 * @param synonyms spellings of the same type in a row, that of the catalog first
 */
export function typeSpelling(synonyms: readonly (readonly string[])[], sized: SizedType): (type: string) => string {
  const canonical = new Map(synonyms.flatMap((row) => row.map((name) => [name, row[0]!] as const)));
  const read = (type: string): string => {
    const spelled = type
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .replace(/ ?([(),]) ?/g, '$1')
      .trim();
    if (spelled.endsWith('[]')) return `${read(spelled.slice(0, -2))}[]`;
    const known = canonical.get(spelled);
    if (known) return known;
    const [, name, inner] = /^([^(]+)\((.*)\)$/.exec(spelled) ?? [];
    return name === undefined || inner === undefined ? spelled : sized(name, inner, canonical.get(name));
  };
  return read;
}
