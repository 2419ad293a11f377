import type { Value } from '../jinja/index.ts';

/** The parts of a relation's name, outermost first. */
export const parts = ['database', 'schema', 'identifier'] as const;
/** One part of a name. */
export type Part = (typeof parts)[number];
/** Which parts of a name something holds for. */
export type Policy = Readonly<Record<Part, boolean>>;

/** Which parts to quote, as a project's `quoting:` says; what is not said goes by the warehouse. */
export type Quoting = Readonly<Partial<Record<string, boolean>>>;

/** A policy with the parts replaced that were given. */
export function policyOf(policy: Policy, values: readonly (Value | undefined)[]): Policy {
  const given = parts.flatMap((part, at) => (typeof values[at] === 'boolean' ? [[part, values[at]] as const] : []));
  return { ...policy, ...Object.fromEntries(given) };
}

/** The parts that are said to be quoted, or not to be. */
export function picked(quoting: Readonly<Record<string, unknown>>): Partial<Policy> {
  return Object.fromEntries(
    parts.flatMap((part) => (typeof quoting[part] === 'boolean' ? [[part, quoting[part]] as const] : [])),
  );
}
