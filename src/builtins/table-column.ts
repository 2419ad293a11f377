import { eq, PyFunction, PyObject, PyTuple, sorted, type Value } from '../jinja/index.ts';
import { MappedSequence } from './sequence.ts';

/** agate's data types, as dbt uses them. */
export type TableType = 'Integer' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'Text';

/** A data type of a table's column, as `column.data_type` gives it. */
export class TableTypeValue extends PyObject {
  readonly typeName: TableType;
  constructor(type: TableType) {
    super();
    this.typeName = type;
  }
  override equals(other: Value): boolean {
    return other instanceof TableTypeValue && other.typeName === this.typeName;
  }
  override hashKey(): unknown {
    return `\u0000type ${this.typeName}`;
  }
}

/** agate's Column: the values of one column. */
export class TableColumn extends MappedSequence {
  readonly #name: string;
  readonly #type: TableType;
  readonly #index: number;
  constructor(name: string, type: TableType, index: number, values: readonly Value[]) {
    super(values, undefined, 'Column');
    this.#name = name;
    this.#type = type;
    this.#index = index;
  }
  override getAttr(name: string): Value | undefined {
    const filled = (): Value[] => this.values.filter((value) => value !== null);
    // Nulls come last.
    const ordered = (): Value[] => [...sorted(filled()), ...this.values.filter((value) => value === null)];
    switch (name) {
      case 'name':
        return this.#name;
      case 'index':
        return this.#index;
      case 'data_type':
        return new TableTypeValue(this.#type);
      case 'values_distinct':
        return new PyFunction(name, () => new PyTuple(distinct(this.values)));
      case 'values_without_nulls':
        return new PyFunction(name, () => new PyTuple(filled()));
      case 'values_sorted':
        return new PyFunction(name, ordered);
      case 'values_without_nulls_sorted':
        return new PyFunction(name, () => sorted(filled()));
      default:
        return super.getAttr(name);
    }
  }
}

/** The values, each once, in order of appearance. */
function distinct(values: readonly Value[]): Value[] {
  const seen = new Set<unknown>();
  const rest: Value[] = [];
  return values.filter((value) => {
    if (typeof value !== 'object' || value === null) return seen.has(value) ? false : seen.add(value) !== undefined;
    return rest.some((one) => eq(one, value)) ? false : rest.push(value) > 0;
  });
}
