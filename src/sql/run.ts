import type { Diagnostic } from '../core/index.ts';
import type { Dialect } from './dialect.ts';
import type { Provenance } from './provenance.ts';
import type { KnownTable, Relation } from './relation.ts';
import type { Ctes, Scope } from './scope.ts';
import type { CodePoints, Node } from './syntax.ts';
import type { DataType } from './types/data-type.ts';
import type { TypeSystem } from './types/type-system.ts';

/** What is known of an expression. */
export interface Value {
  readonly provenance: Provenance;
  readonly type: DataType | null;
  readonly unknown?: string | undefined;
  /** Of a struct, or a list of such, the fields, where they are known. */
  readonly fields?: Relation | undefined;
}

/** Where a table of that name is known, with what is known of it. */
export interface Tables {
  find(parts: readonly string[]): KnownTable | undefined;
  /** The table that a CTE of that name stands for: an ephemeral model, which has an analysis of its own. */
  cte(name: string): KnownTable | undefined;
  names(): Iterable<string>;
}

/** A place in the SQL, in UTF-16 units; none where it is not known. */
export interface Place {
  readonly at?: { readonly file: string; readonly start: number; readonly end: number };
}

/** The analysis of one text: what its parts hand one another. */
export interface Run {
  readonly dialect: Dialect;
  readonly types: TypeSystem;
  readonly tables: Tables;
  /** Functions that somebody made: nothing is known of them, whatever they are called. */
  readonly ownNames: ReadonlySet<string>;
  /** The relation that a query is. */
  query(node: Node, ctes: Ctes, outer?: Scope): Relation;
  value(node: Node, scope: Scope): Value;
  /** A table that no CTE is. */
  base(parts: readonly string[], span: CodePoints | undefined, ctes: Ctes): Relation;
  report(diagnostic: Diagnostic): void;
  /** The same analysis with another ear for what is reported. */
  reporting(report: (diagnostic: Diagnostic) => void): Run;
  /** A place in the SQL, for a diagnostic. */
  place(span: CodePoints | undefined | null): Place;
  /** The place of the name of a function or a type, of which the tree has none. */
  placeOfName(kind: 'call' | 'type', name: string, near: CodePoints | undefined): Place;
}
