import { type DataType, isSame, listOf, readType } from './data-type.ts';
import { FUNCTIONS } from './postgres-functions.ts';
import { becomes, candidates, categoryOf, isPreferred, plainName, resultOf, UNKNOWN } from './postgres-overloads.ts';
import { FunctionTable, parametersFor, type Signature } from './signatures.ts';
import { postgresNames, postgresTypeNames } from './type-names.ts';
import { type Argument, isMismatch, type Meeting, type Mismatch, type TypeSystem } from './type-system.ts';

const unknown: DataType = { name: UNKNOWN };
const TEXT: DataType = { name: 'text' };
const BOOLEAN: DataType = { name: 'boolean' };

const functions = new FunctionTable(FUNCTIONS);

function literal(kind: string, text: string): DataType | null {
  switch (kind) {
    case 'string':
    case 'escape_string':
    case 'dollar_string':
      return unknown;
    case 'number':
      return number(text.replaceAll('_', ''));
    case 'date':
      return { name: 'date' };
    case 'timestamp':
      return { name: 'timestamp without time zone' };
    default:
      return null;
  }
}

function number(text: string): DataType | null {
  if (!/^\d+$/.test(text)) return /^[\d.]+(e[+-]?\d+)?$/i.test(text) ? { name: 'numeric' } : null;
  const value = BigInt(text);
  if (value < 1n << 31n) return { name: 'integer' };
  return { name: value < 1n << 63n ? 'bigint' : 'numeric' };
}

function common(types: readonly (DataType | null)[], _meeting: Meeting): DataType | Mismatch | null {
  if (types.some((type) => type === null)) return null;
  const known = (types as DataType[]).filter(({ name }) => name !== UNKNOWN);
  const [first, ...others] = known;
  if (!first) return TEXT;
  // Numbers in brackets stay where all have the same, and where nothing else comes in between.
  if (others.every((type) => isSame(type, first))) return known.length === types.length ? first : bare(first);
  let met = plainName(first);
  for (const name of others.map(plainName)) {
    if (name === met) continue;
    if (categoryOf(name) !== categoryOf(met)) return { mismatch: `${met} and ${name} are no one type without a cast` };
    if (!isPreferred(met) && becomes(met, name) && !becomes(name, met)) met = name;
  }
  return known.every((type) => becomes(plainName(type), met)) ? named(met) : null;
}

const bare = (type: DataType): DataType => (type.numbers ? { name: type.name } : type);
const named = (name: string): DataType => (name.endsWith('[]') ? listOf(named(name.slice(0, -2))) : { name });

/** What is known of a call besides what its signatures say. */
type Rule = (args: readonly (DataType | null)[]) => DataType | Mismatch | null | undefined;

const fixed =
  (name: string): Rule =>
  () =>
    named(name);
const same: Rule = ([first]) => first && (first.name === UNKNOWN ? TEXT : bare(first));
const meet: Rule = (args) => common(args, 'value');
const listed: Rule = (args) => {
  const element = common(args, 'value');
  if (!element || isMismatch(element)) return null;
  // An array of arrays is one of more dimensions, of the same type.
  return element.name === 'LIST' ? element : listOf(element);
};

const RULES: Readonly<Record<string, Rule>> = {
  coalesce: meet,
  greatest: meet,
  least: meet,
  nullif: ([first, second]) => {
    if (!first || !second || first.name === UNKNOWN) return null;
    return second.name === UNKNOWN || plainName(first) === plainName(second) ? bare(first) : null;
  },
  list_value: listed,
  array_agg: ([type]) => {
    if (!type || type.name === UNKNOWN) return null;
    return type.name === 'LIST' ? type : listOf(bare(type));
  },
  '[]': ([list, at]) => (list?.name === 'LIST' && at ? list.of![0]! : null),
  unnest: ([list]) => (list?.name === 'LIST' ? list.of![0]! : null),
  percentile_cont: ([by, at]) => {
    if (!by || !at || at.name === 'LIST') return null;
    return categoryOf(by.name) === 'number' ? named('double precision') : by.name === 'interval' ? by : null;
  },
  percentile_disc: ([by, at]) => (at?.name === 'LIST' ? null : by && bare(by)),
  mode: same,
  trim: fixed('text'),
  current_date: fixed('date'),
  current_timestamp: fixed('timestamp with time zone'),
  localtimestamp: fixed('timestamp without time zone'),
  current_user: fixed('name'),
  current_schema: fixed('name'),
};

function call(name: string, given: readonly Argument[]): DataType | Mismatch | null {
  const args = given.map(({ type }) => type);
  const known = Object.hasOwn(RULES, name) ? RULES[name]!(args) : undefined;
  if (known !== undefined) return known;
  const signatures = functions.signatures(name);
  return signatures.length ? resolved(name, args, signatures) : null;
}

function resolved(
  name: string,
  args: readonly (DataType | null)[],
  signatures: readonly Signature[],
): DataType | Mismatch | null {
  const isComplete = functions.isComplete(name);
  if (args.some((type) => type === null)) return isComplete ? agreed(args.length, signatures) : null;
  const types = (args as DataType[]).map(plainName);
  // A literal may be of a type that is not listed.
  if (!isComplete && types.includes(UNKNOWN)) return agreed(args.length, signatures);
  const chosen = candidates(signatures, types);
  if (chosen.length === 0) {
    // The name of a type is a cast.
    if (!isComplete || types.length === 0 || postgresNames.canonical(name, [])) return null;
    return { mismatch: `there is no ${name}(${types.join(', ')})` };
  }
  const results = chosen.map((signature) => resultOf(signature, types, commonName));
  const [first = null] = results;
  return first !== null && results.every((result) => result === first) ? named(first) : null;
}

/** What all signatures with that many parameters give: known without the types of the arguments. */
function agreed(count: number, signatures: readonly Signature[]): DataType | null {
  const results = signatures.filter((one) => parametersFor(one, count)).map(({ returns }) => returns);
  const [first] = results;
  if (first === undefined || /^("any"|any)/.test(first)) return null;
  return results.every((result) => result === first) ? named(first) : null;
}

function commonName(types: readonly string[]): string | null {
  const met = common(types.map(named), 'value');
  return met === null || isMismatch(met) ? null : plainName(met);
}

/** Types in Postgres 18, after "Type Conversion" in its manual. */
export const postgresTypes: TypeSystem = {
  boolean: BOOLEAN,
  nothing: unknown,
  literal,
  read: (text) => readType(text, postgresNames) ?? null,
  call,
  parameters: () => [],
  common,
  comparison(value, others, isOrdered) {
    const wrong = others.find((other) => isMismatch(call(isOrdered ? '<' : '=', [{ type: value }, { type: other }])));
    return wrong && { mismatch: `${plainName(value)} cannot be compared with ${plainName(wrong)}` };
  },
  hasOpenLiterals: true,
  asColumn: (type) => (type.name === UNKNOWN ? TEXT : type),
  asStored: (type) => (type.name === UNKNOWN ? TEXT : type),
  names: postgresTypeNames,
  functions: new Set([...functions.names(), ...Object.keys(RULES), 'grouping', 'row', 'xmlelement', 'cast']),
};
