import { fold } from './dialect.ts';
import { Provenance } from './provenance.ts';
import { type Column, Relation } from './relation.ts';
import type { Run, Value } from './run.ts';
import { type Data, dataOf, identifierAt, kindOf, type Node, nodeAt, nodesAt } from './syntax.ts';
import { isMismatch } from './types/type-system.ts';

/** Calls that give one of the values that they are given, or a list of them. */
const PASSING = new Set(
  `array_agg list any_value arbitrary first last first_value last_value nth_value lag lead max_by min_by arg_max arg_min
  array_func array subscript`.split(/\s+/),
);

/** The fields of what an expression gives, where it is a struct or a list of such; undefined where they are not known. */
export function fieldsOf(node: Node, valueAt: (part: Node) => Value | undefined): Relation | undefined {
  const made = fieldsMade(node);
  if (made)
    return new Relation(
      made.map(([name, part]): Column => {
        const value = part && valueAt(part);
        return { ...value, name, type: value?.type ?? null, provenance: value?.provenance ?? Provenance.none };
      }),
    );
  if (!PASSING.has(callName(node))) return undefined;
  const data = dataOf(node);
  const [first, second] = [nodeAt(data, 'this') ?? [], nodesAt(data, 'args'), nodesAt(data, 'expressions')].flat();
  // `[a, b]` may hold structs of different origins.
  return first && !(kindOf(node) === 'array_func' && second) ? valueAt(first)?.fields : undefined;
}

const callName = (node: Node): string =>
  ['function', 'aggregate_function'].includes(kindOf(node)) ? fold(String(dataOf(node).name)) : kindOf(node);

type Field = readonly [name: string | null, value: Node | undefined];

/** The fields of an expression that makes a struct, each with its value. */
function fieldsMade(node: Node): readonly Field[] | undefined {
  const data = dataOf(node);
  const args = nodesAt(data, 'args');
  switch (callName(node)) {
    case 'struct':
    case 'struct_pack':
      return kindOf(node) === 'function' ? args.map(fieldOfArgument) : undefined;
    case 'named_struct':
      return args.flatMap((name, i): Field[] => (i % 2 ? [] : [[textIn(name), args[i + 1]]]));
    case 'map_func': {
      const values = nodesAt(data, 'values');
      return data.curly_brace_syntax === true
        ? nodesAt(data, 'keys').map((name, i): Field => [textIn(name), values[i]])
        : undefined;
    }
    default:
      return undefined;
  }
}

/** `struct(a as x, b)`, `struct_pack(x := a)`. */
function fieldOfArgument(argument: Node): Field {
  const data = dataOf(argument);
  switch (kindOf(argument)) {
    case 'alias':
      return [identifierAt(data, 'alias')?.name ?? null, argument];
    case 'named_argument':
    case 'column':
      return [identifierAt(data, 'name')?.name ?? null, argument];
    default:
      return [null, argument];
  }
}

const textIn = (node: Node): string | null => {
  const { value, name } = dataOf(node) as Data & { name?: { name?: string } };
  return typeof value === 'string' ? value : (name?.name ?? null);
};

/**
 * One field of a value; without a name one that nothing is known of. Where its fields are not known, it comes from all that
 * the value comes from.
 */
export function fieldOf({ types, dialect }: Run, { provenance, type, unknown, fields }: Value, name?: string): Value {
  const extracted = name === undefined ? null : types.call('struct_extract', [{ type }, { type: null, literal: name }]);
  const known = isMismatch(extracted) ? null : extracted;
  const field = name === undefined ? undefined : (fields?.find(name, dialect) ?? fields?.rest[0]?.column(name));
  return field ? { ...field, type: field.type ?? known } : { provenance: provenance.derived(), type: known, unknown };
}

/**
 * What a star over a value leaves out, undefined of what is none: `(expression).*`, and `(expression).* except (a, b)`, which
 * the parser is given as `(expression).except (a, b)`.
 */
export function starOver(node: Node): Data | undefined {
  const data = dataOf(node);
  if (kindOf(node) === 'dot' && identifierAt(data, 'field')?.name === '*') return {};
  if (kindOf(node) !== 'method_call' || fold(identifierAt(data, 'method')?.name ?? '') !== 'except') return undefined;
  return { except: nodesAt(data, 'args').map((column) => identifierAt(dataOf(column), 'name')) };
}
