import type { RelationValue } from './relation.ts';

const lower = (part: string | null | undefined): string => (part ?? '').toLowerCase();
const schemaKey = (database: string | null | undefined, schema: string | null | undefined): string =>
  `${lower(database)}\u0000${lower(schema)}`;
const relationKey = ({ database, schema, identifier }: RelationValue): string =>
  `${schemaKey(database, schema)}\u0000${lower(identifier)}`;

/**
 * What is known to exist in the warehouse, by schema. Filled once per schema, then kept true by what the run itself
 * creates, drops and renames, so that looking up a relation asks the warehouse nothing. Names are compared without
 * regard to case, as two relations that differ in case alone are a trap on most warehouses.
 */
export class RelationCache {
  readonly #schemas = new Map<string, Map<string, RelationValue>>();
  /** Relation → what goes when it is dropped; by key, as names are compared. */
  readonly #dependents = new Map<string, Map<string, RelationValue>>();

  isCached(database: string | null, schema: string | null): boolean {
    return this.#schemas.has(schemaKey(database, schema));
  }

  /** Replaces what is known of a schema. */
  fill(database: string | null, schema: string | null, relations: readonly RelationValue[]): void {
    this.#schemas.set(schemaKey(database, schema), new Map(relations.map((r) => [lower(r.identifier), r])));
  }

  relations(database: string | null, schema: string | null): RelationValue[] {
    return [...(this.#schemas.get(schemaKey(database, schema))?.values() ?? [])];
  }

  find(database: string | null, schema: string | null, identifier: string): RelationValue | undefined {
    return this.#schemas.get(schemaKey(database, schema))?.get(lower(identifier));
  }

  /** Relations of schemas that were never listed are not kept: the listing would miss what else is there. */
  add(relation: RelationValue): void {
    this.#schemas.get(schemaKey(relation.database, relation.schema))?.set(lower(relation.identifier), relation);
  }

  /** Forgets a relation, and what a warehouse whose drops cascade takes along with it. */
  drop(relation: RelationValue): void {
    this.#forget(relation);
    const key = relationKey(relation);
    const dependents = this.#dependents.get(key);
    this.#dependents.delete(key);
    for (const dependent of dependents?.values() ?? []) this.drop(dependent);
  }

  /** Says that `dependent` (a view) goes when `referenced` is dropped. */
  link(referenced: RelationValue, dependent: RelationValue): void {
    const key = relationKey(referenced);
    const dependents = this.#dependents.get(key) ?? new Map<string, RelationValue>();
    this.#dependents.set(key, dependents.set(relationKey(dependent), dependent));
  }

  rename(from: RelationValue, to: RelationValue): void {
    const known = this.find(from.database, from.schema, from.identifier ?? '');
    this.#forget(from);
    this.add(known ? to.withType(known.type) : to);
    this.#moveLinks(from, to);
  }

  #forget(relation: RelationValue): void {
    this.#schemas.get(schemaKey(relation.database, relation.schema))?.delete(lower(relation.identifier));
  }

  /** A view follows what it reads under its new name, and is followed under its own. */
  #moveLinks(from: RelationValue, to: RelationValue): void {
    const [old, renamed] = [relationKey(from), relationKey(to)];
    const dependents = this.#dependents.get(old);
    if (dependents) {
      this.#dependents.delete(old);
      this.#dependents.set(renamed, dependents);
    }
    for (const others of this.#dependents.values()) if (others.delete(old)) others.set(renamed, to);
  }

  dropSchema(database: string | null, schema: string | null): void {
    this.fill(database, schema, []);
  }

  clear(): void {
    this.#schemas.clear();
    this.#dependents.clear();
  }
}
