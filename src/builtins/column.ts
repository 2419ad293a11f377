import type { Dialect } from '../adapter/index.ts';
import type { Column } from '../core/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { type PlainBody, PyDict, PyError, PyFunction, PyObject, repr, str, type Value } from '../jinja/index.ts';
import { PyClass } from './class.ts';
import { plainFunction, signature } from './signature.ts';
import { wrongUse } from './warehouse-diagnostics.ts';

/** Size and precision, where the type has them apart from its name. */
export interface ColumnSize {
  readonly charSize?: number | null;
  readonly numericPrecision?: number | null;
  readonly numericScale?: number | null;
}

/** A column of a relation as templates see it: dbt's Column. */
export class ColumnValue extends PyObject {
  readonly typeName: string;
  readonly column: string;
  readonly dtype: string;
  readonly #dialect: Dialect;
  readonly #size: ColumnSize;

  constructor(dialect: Dialect, column: string, dtype: string, size: ColumnSize = {}) {
    super();
    this.#dialect = dialect;
    this.column = column;
    this.dtype = dtype;
    this.#size = size;
    this.typeName = dialect.columnName ?? 'Column';
  }

  /** The value for a column of the catalog. */
  static of(dialect: Dialect, name: string, dataType: string): ColumnValue {
    return new ColumnValue(dialect, name, dataType);
  }

  /** The value for a column of a query's result: its type goes by dbt's label, as contracts compare it. */
  static ofResult(dialect: Dialect, name: string, dataType: string): ColumnValue {
    return new ColumnValue(dialect, name, translated(dialect, dataType));
  }

  /** The warehouse's string type of a size; Postgres's where no dialect is given. */
  static stringType(size: number, dialect?: Dialect): string {
    return dialect?.stringType?.(size) ?? `character varying(${size})`;
  }

  get name(): string {
    return this.column;
  }

  /** Plain data. */
  get plain(): Column {
    return { name: this.column, dataType: this.dataType() };
  }

  override getAttr(name: string): Value | undefined {
    const { charSize = null, numericPrecision = null, numericScale = null } = this.#size;
    const answer = (value: () => Value): PyFunction => new PyFunction(name, value);
    switch (name) {
      case 'column':
      case 'name':
        return this.column;
      case 'dtype':
        return this.dtype;
      case 'data_type':
      case 'expanded_data_type':
        return this.dataType();
      case 'quoted':
        return `${this.#dialect.quoteCharacter}${this.column}${this.#dialect.quoteCharacter}`;
      case 'char_size':
        return charSize;
      case 'numeric_precision':
        return numericPrecision;
      case 'numeric_scale':
        return numericScale;
      case 'is_string':
      case 'is_integer':
      case 'is_float':
      case 'is_numeric':
        return answer(() => this.#is(name.slice(3) as keyof Dialect['typeFamilies']));
      case 'is_number':
        return answer(() => this.#is('integer') || this.#is('float') || this.#is('numeric'));
      case 'string_size':
        return answer(() => this.stringSize());
      case 'can_expand_to':
        return plainFunction(
          name,
          ['other_column'],
          ([other]) => other instanceof ColumnValue && this.canExpandTo(other),
        );
      case 'literal':
        return plainFunction(name, ['value'], ([value]) => `${str(value!)}::${this.dataType()}`);
      case 'is_struct':
        return this.#dialect.structFields && answer(() => this.#fields() !== undefined);
      case 'fields':
        return this.#dialect.structFields && (this.#fields() ?? []);
      case 'flatten':
        return this.#dialect.structFields && answer(() => this.flatten());
      default:
        return columnStatic(this.#dialect, name);
    }
  }

  /** The leaves of a struct as columns of their own, named by path; the column itself where it is no struct. */
  flatten(): ColumnValue[] {
    const fields = this.#fields();
    if (!fields) return [this];
    return fields.flatMap((field) =>
      field.flatten().map((leaf) => new ColumnValue(this.#dialect, `${this.column}.${leaf.column}`, leaf.dtype)),
    );
  }

  override equals(other: Value): boolean {
    return other instanceof ColumnValue && other.repr() === this.repr();
  }

  override hashKey(): undefined {
    return undefined;
  }

  override truthy(): boolean {
    return true;
  }

  override repr(): string {
    const { charSize = null, numericPrecision = null, numericScale = null } = this.#size;
    const fields: [string, Value][] = [
      ['column', this.column],
      ['dtype', this.dtype],
      ['char_size', charSize],
      ['numeric_precision', numericPrecision],
      ['numeric_scale', numericScale],
    ];
    if (this.#dialect.structFields) fields.push(['fields', this.#fields() ?? []]);
    return `${this.typeName}(${fields.map(([name, value]) => `${name}=${repr(value)}`).join(', ')})`;
  }

  override toJson(): unknown {
    return { column: this.column, dtype: this.dtype };
  }

  /** The type as DDL writes it. */
  dataType(): string {
    const { unsizedStrings = [] } = this.#dialect;
    const dtype = this.dtype.toLowerCase();
    if (unsizedStrings.includes(dtype) && (dtype === 'text' || typeof this.#size.charSize !== 'number'))
      return this.dtype;
    if (this.#is('string')) return ColumnValue.stringType(this.stringSize(), this.#dialect);
    const { numericPrecision = null, numericScale = null } = this.#size;
    return this.#is('numeric') ? numericType(this.dtype, numericPrecision, numericScale) : this.dtype;
  }

  #is(family: keyof Dialect['typeFamilies']): boolean {
    return this.#dialect.typeFamilies[family].includes(this.dtype.toLowerCase());
  }

  /** Length of a string type; an error for any other. */
  stringSize(): number {
    if (!this.#is('string'))
      throw new DiagnosticError(
        wrongUse({
          what: `string_size() of column ${this.column}`,
          problem: `was asked, but its type is ${this.dtype}`,
        }),
      );
    return this.dtype === 'text' ? 256 : (this.#size.charSize ?? 256);
  }

  /** True where this is a string type and the other a longer one. */
  canExpandTo(other: ColumnValue): boolean {
    return this.#is('string') && other.#is('string') && other.stringSize() > this.stringSize();
  }

  #fields(): ColumnValue[] | undefined {
    return this.#dialect
      .structFields?.(this.dtype)
      ?.map((field) => ColumnValue.of(this.#dialect, field.name, field.dataType));
  }
}

/** A decimal type with its precision, where that is known. */
function numericType(dtype: string, precision: Value, scale: Value): string {
  return precision === null || scale === null ? dtype : `${dtype}(${str(precision)},${str(scale)})`;
}

function translated(dialect: Dialect, type: string): string {
  return dialect.typeLabels[type.toUpperCase()] ?? type;
}

/** Splits a catalog's type into its name and sizes. */
function described(dialect: Dialect, name: string, type: string): ColumnValue {
  const [, base = type, inside] = /^([^(]+)(?:\(([^)]+)\))?/.exec(type) ?? [];
  const sizes =
    inside === undefined
      ? []
      : inside.split(',').map((part) => (/^\s*[+-]?\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  if (sizes.length < 3 && sizes.some(Number.isNaN))
    throw new PyError(
      'RuntimeError',
      `Could not interpret data_type "${type}": could not convert "${inside}" to an integer`,
    );
  if (sizes.length === 1) return new ColumnValue(dialect, name, base, { charSize: sizes[0] });
  return new ColumnValue(
    dialect,
    name,
    base,
    sizes.length === 2 ? { numericPrecision: sizes[0], numericScale: sizes[1] } : {},
  );
}

/** What both the class and its instances have. */
export function columnStatic(dialect: Dialect, name: string): Value | undefined {
  switch (name) {
    case 'create':
      return plainFunction(
        name,
        ['name', 'label_or_dtype'],
        ([column, type]) => new ColumnValue(dialect, str(column!), translated(dialect, str(type!))),
      );
    case 'translate_type':
      return plainFunction(name, ['dtype'], ([type]) => translated(dialect, str(type!)));
    case 'string_type':
      return plainFunction(name, ['size'], ([size]) => ColumnValue.stringType(Number(size), dialect));
    case 'numeric_type':
      return plainFunction(name, ['dtype', 'precision', 'scale'], ([type, precision, scale]) =>
        numericType(str(type!), precision!, scale!),
      );
    case 'from_description':
      return plainFunction(name, ['name', 'raw_data_type'], ([column, type]) =>
        described(dialect, str(column!), str(type!)),
      );
    default:
      return undefined;
  }
}

/** `api.Column`: makes columns of this warehouse. */
export function columnApi(dialect: Dialect): PyFunction {
  const name = dialect.columnName ?? 'Column';
  const bind = signature(name, ['column', 'dtype', 'char_size?', 'numeric_precision?', 'numeric_scale?']);
  const size = (value: Value | undefined): number | null =>
    value === undefined || value === null ? null : Number(value);
  const make: PlainBody = (args, kwargs) => {
    const [column, dtype, charSize, precision, scale] = bind(args, kwargs);
    const sizes = { charSize: size(charSize), numericPrecision: size(precision), numericScale: size(scale) };
    return new ColumnValue(dialect, str(column!), str(dtype!), sizes);
  };
  return new PyClass(name, make, (attribute) =>
    attribute === 'TYPE_LABELS' ? new PyDict(Object.entries(dialect.typeLabels)) : columnStatic(dialect, attribute),
  );
}
