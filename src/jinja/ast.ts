import type { Value } from './value.ts';

/** Offsets in the template's (normalised) text. */
interface At {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Const
  | Name
  | List
  | Tuple
  | Dict
  | Condition
  | Logic
  | Not
  | Compare
  | Binary
  | Unary
  | Concat
  | Attribute
  | Item
  | Slice
  | Call
  | Filter
  | Test;

export interface Const extends At {
  readonly type: 'const';
  readonly value: Value;
}
export interface Name extends At {
  readonly type: 'name';
  readonly name: string;
}
export interface List extends At {
  readonly type: 'list';
  readonly items: readonly Expression[];
}
export interface Tuple extends At {
  readonly type: 'tuple';
  readonly items: readonly Expression[];
}
export interface Dict extends At {
  readonly type: 'dict';
  readonly items: readonly { readonly key: Expression; readonly value: Expression }[];
}
/** `value if test else otherwise` */
export interface Condition extends At {
  readonly type: 'condition';
  readonly test: Expression;
  readonly value: Expression;
  readonly otherwise: Expression | undefined;
}
export interface Logic extends At {
  readonly type: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Not extends At {
  readonly type: 'not';
  readonly value: Expression;
}
export type CompareOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in' | 'notin';
export interface Compare extends At {
  readonly type: 'compare';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: CompareOperator; readonly value: Expression }[];
}
export type BinaryOperator = 'add' | 'sub' | 'mul' | 'div' | 'floordiv' | 'mod' | 'pow';
export interface Binary extends At {
  readonly type: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Unary extends At {
  readonly type: 'unary';
  readonly operator: 'neg' | 'pos';
  readonly value: Expression;
}
export interface Concat extends At {
  readonly type: 'concat';
  readonly items: readonly Expression[];
}
export interface Attribute extends At {
  readonly type: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface Item extends At {
  readonly type: 'item';
  readonly object: Expression;
  readonly key: Expression;
}
export interface Slice extends At {
  readonly type: 'slice';
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}
/** What stands between the parentheses of a call. */
export interface Arguments {
  readonly args: readonly Expression[];
  readonly kwargs: readonly { readonly name: string; readonly value: Expression }[];
  readonly star: Expression | undefined;
  readonly starStar: Expression | undefined;
}
export interface Call extends At, Arguments {
  readonly type: 'call';
  readonly callee: Expression;
}
export interface Filter extends At, Arguments {
  readonly type: 'filter';
  readonly name: string;
  /** undefined where the text of a block is what is filtered. */
  readonly value: Expression | undefined;
}
export interface Test extends At, Arguments {
  readonly type: 'test';
  readonly name: string;
  readonly value: Expression;
}

/** What can stand left of `=`. */
export type Target = Name | TargetTuple | NamespaceAttribute;
export interface TargetTuple extends At {
  readonly type: 'targets';
  readonly items: readonly Target[];
}
export interface NamespaceAttribute extends At {
  readonly type: 'namespace';
  readonly name: string;
  readonly attribute: string;
}

export interface Parameter extends At {
  readonly name: string;
  readonly annotation: string | undefined;
  readonly value: Expression | undefined;
}

export type Statement =
  | Data
  | Output
  | If
  | For
  | Assign
  | AssignBlock
  | Macro
  | CallBlock
  | FilterBlock
  | With
  | Scope
  | Do
  | Jump
  | Unsupported;

export interface Data extends At {
  readonly type: 'data';
  readonly text: string;
}
export interface Output extends At {
  readonly type: 'output';
  readonly value: Expression;
}
export interface If extends At {
  readonly type: 'if';
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}
export interface For extends At {
  readonly type: 'for';
  readonly target: Target;
  readonly iterable: Expression;
  readonly test: Expression | undefined;
  readonly recursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface Assign extends At {
  readonly type: 'assign';
  readonly target: Target;
  readonly value: Expression;
}
export interface AssignBlock extends At {
  readonly type: 'assign-block';
  readonly target: Target;
  readonly filter: Filter | undefined;
  readonly body: readonly Statement[];
}
/** `{% macro %}` and the block tags of dbt, under the full name of what they define. */
export interface Macro extends At {
  readonly type: 'macro';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}
export interface CallBlock extends At {
  readonly type: 'call-block';
  readonly call: Call;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}
export interface FilterBlock extends At {
  readonly type: 'filter-block';
  readonly filter: Filter;
  readonly body: readonly Statement[];
}
export interface With extends At {
  readonly type: 'with';
  readonly assignments: readonly { readonly target: Target; readonly value: Expression }[];
  readonly body: readonly Statement[];
}
/** A body with names of its own: autoescape, block, snapshot. */
export interface Scope extends At {
  readonly type: 'scope';
  readonly body: readonly Statement[];
}
export interface Do extends At {
  readonly type: 'do';
  readonly value: Expression;
}
export interface Jump extends At {
  readonly type: 'break' | 'continue';
}
/** Tags that need a loader of other templates: known to the grammar, refused when reached. */
export interface Unsupported extends At {
  readonly type: 'unsupported';
  readonly tag: string;
  /** Names the tag would have defined. */
  readonly names: readonly string[];
}
