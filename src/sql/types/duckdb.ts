import { type DataType, isSame, listOf, readType } from './data-type.ts';
import { castCost, isKnownType } from './duckdb-casts.ts';
import { FUNCTIONS } from './duckdb-functions.ts';
import { common, NULL, STRING, settled, shown, stored } from './duckdb-meeting.ts';
import { NESTED, parameters } from './duckdb-nested.ts';
import { decimal, integerType } from './duckdb-numbers.ts';
import { RULES as PLAIN } from './duckdb-rules.ts';
import { FunctionTable, parametersFor, type Signature } from './signatures.ts';
import { duckdbNames, duckdbTypeNames } from './type-names.ts';
import { type Argument, isMismatch, type Mismatch, type TypeSystem } from './type-system.ts';

const BOOLEAN: DataType = { name: 'BOOLEAN' };

/** What looks like a function and is a part of the language. */
const SYNTAX = [
  'if',
  'struct_pack',
  'row',
  'columns',
  'grouping',
  'try',
  'map',
  'unpivot',
  'current_date',
  'localtime',
];

const functions = new FunctionTable(FUNCTIONS);
const RULES = { ...PLAIN, ...NESTED };

/** Types in DuckDB 1.5, as its binder gives them. */
export const duckdbTypes: TypeSystem = {
  boolean: BOOLEAN,
  nothing: NULL,
  literal,
  read: (text) => readType(text, duckdbNames) ?? null,
  call,
  parameters,
  common,
  comparison(value, others, isOrdered) {
    if (!isOrdered || !isMismatch(common([value, ...others], 'value'))) return undefined;
    return { mismatch: `${shown(value)} cannot be compared with ${others.map(shown).join(' and ')}` };
  },
  hasOpenLiterals: false,
  asColumn: settled,
  asStored: (type) => stored(type),
  names: duckdbTypeNames,
  functions: new Set([...functions.names(), ...Object.keys(RULES), ...SYNTAX]),
};

function literal(kind: string, text: string): DataType | null {
  switch (kind) {
    case 'string':
    case 'escape_string':
    case 'dollar_string':
      return STRING;
    case 'number':
      return number(text.replaceAll('_', ''));
    case 'date':
      return { name: 'DATE' };
    case 'timestamp':
    case 'datetime':
      return { name: 'TIMESTAMP' };
    case 'time':
      return { name: 'TIME' };
    default:
      return null;
  }
}

function number(text: string): DataType | null {
  if (/^\d+$/.test(text)) return integerType(BigInt(text));
  const [, before, after] = /^(\d*)\.(\d*)$/.exec(text) ?? [];
  if (before === undefined || after === undefined) return /^[\d.]+e[+-]?\d+$/i.test(text) ? { name: 'DOUBLE' } : null;
  const width = before.length + after.length;
  return width > 38 ? { name: 'DOUBLE' } : decimal(width, after.length);
}

function call(name: string, given: readonly Argument[]): DataType | Mismatch | null {
  const args = given.map(({ type }) => type);
  const known = Object.hasOwn(RULES, name) ? RULES[name]!(args, given, call) : undefined;
  if (known !== undefined) return known;
  const signatures = functions.signatures(name);
  return signatures.length ? resolved(name, args, signatures) : null;
}

/** The signature that costs least; null where several cost the same and give different types. */
function resolved(
  name: string,
  args: readonly (DataType | null)[],
  signatures: readonly Signature[],
): DataType | Mismatch | null {
  // Of NULL most functions give NULL, which has no type yet.
  if (args.some((type) => type?.name === NULL.name)) return null;
  if (args.includes(null)) return agreed(args.length, signatures);
  const types = args as DataType[];
  let least = Number.POSITIVE_INFINITY;
  let best: Signature[] = [];
  for (const signature of signatures) {
    const cost = costOf(types, parametersFor(signature, types.length));
    if (cost === undefined || cost > least) continue;
    if (cost < least) best = [];
    least = cost;
    best.push(signature);
  }
  if (best.length === 0) {
    const isOpen = types.some((type) => !isKnownType(type) || type.of || type.fields);
    if (isOpen || types.length === 0 || !functions.isComplete(name)) return null;
    return { mismatch: `there is no ${name}(${types.map(shown).join(', ')})` };
  }
  const results = best.map((signature) => returned(signature, types));
  const [first = null] = results;
  return first && results.every((result) => result && isSame(result, first)) ? first : null;
}

/** What all signatures with that many parameters give: known without the types of the arguments. */
function agreed(count: number, signatures: readonly Signature[]): DataType | null {
  const results = signatures
    .filter((signature) => parametersFor(signature, count))
    .map(({ returns }) => (isTemplate(returns) ? null : (readType(returns, duckdbNames) ?? null)));
  const [first = null] = results;
  return first && results.every((result) => result && isSame(result, first)) ? first : null;
}

function costOf(types: readonly DataType[], parameters: readonly string[] | undefined): number | undefined {
  if (!parameters) return undefined;
  let all = 0;
  for (const [i, type] of types.entries()) {
    const cost = castCost(type, parameters[i]!);
    if (cost === undefined) return undefined;
    all += cost;
  }
  return all;
}

/** Types that are made of those of the arguments, and decimals, whose width depends on them. */
const isTemplate = (type: string): boolean => /^(ANY|T|K|V|DECIMAL|STRUCT.*|UNION|LIST|ENUM|MAP)(\[.*\])?$/.test(type);

function returned(signature: Signature, types: readonly DataType[]): DataType | null {
  const { returns } = signature;
  if (!isTemplate(returns)) return readType(returns, duckdbNames) ?? null;
  if (!/^T(\[\])?$/.test(returns)) return null;
  const parameters = parametersFor(signature, types.length)!;
  const bound = types.flatMap((type, i) => {
    if (parameters[i] === 'T') return [type];
    return parameters[i] === 'T[]' && type.name === 'LIST' ? [type.of![0]!] : [];
  });
  const met = bound.length ? common(bound, 'value') : null;
  if (met === null || isMismatch(met)) return null;
  return returns === 'T' ? settled(met) : listOf(settled(met));
}
