import type { CatalogTable, GraphNode, LineageNode } from '../artifacts/index.ts';
import type { Interned } from './interned.ts';

type Described = Readonly<
  Record<string, { readonly name: string; readonly description: string; readonly data_type?: string | null }>
>;

/** Columns as the page numbers them: those of the first node, then those of the second, and so on. */
export interface NumberedColumns {
  /** From the numbers given out while columns were found to those of the page. */
  readonly renumber: readonly number[];
  /** Of each node: four places in the table of strings for each column. */
  readonly columnsOf: readonly (readonly number[])[];
}

interface Found {
  /** The number that was given out first. */
  readonly number: number;
  name: string;
  type: string | null;
  description: string;
  unknown: string | undefined;
}

/** Finds the columns of nodes in all that speaks of them: warehouse, analysis, properties, and those who read them. */
export class ColumnNumbers {
  readonly #ids: readonly string[];
  readonly #strings: Interned<string>;
  readonly #tables = new Map<string, Map<string, Found>>();
  #count = 0;

  constructor(ids: readonly string[], strings: Interned<string>) {
    this.#ids = ids;
    this.#strings = strings;
  }

  /** The warehouse's columns in its order, then those of the analysis, then those that only the project describes. */
  add(id: string, node: GraphNode, table: CatalogTable | undefined, known: LineageNode | undefined): void {
    for (const { name, type, comment } of Object.values(table?.columns ?? {}).sort((a, b) => a.index - b.index)) {
      const column = this.#column(id, name);
      column.type = type;
      column.description = comment ?? '';
    }
    for (const { name, type, unknown } of known?.columns ?? []) {
      const column = this.#column(id, name);
      column.type ??= type;
      column.unknown = unknown;
    }
    for (const { name, description, data_type } of Object.values((node as { columns?: Described }).columns ?? {})) {
      const column = this.#column(id, name);
      column.type ??= data_type ?? null;
      column.description = description || column.description;
    }
  }

  /** The number of a column; one that nobody has spoken of is there because it is read. */
  number(id: string, name: string): number {
    return this.#column(id, name).number;
  }

  #column(id: string, name: string): Found {
    let columns = this.#tables.get(id);
    if (!columns) {
      columns = new Map();
      this.#tables.set(id, columns);
    }
    const key = name.toLowerCase();
    let column = columns.get(key);
    if (!column) {
      column = { number: this.#count++, name, type: null, description: '', unknown: undefined };
      columns.set(key, column);
    }
    return column;
  }

  /** All columns, numbered anew in the order of the nodes. */
  finished(): NumberedColumns {
    const renumber: number[] = [];
    let next = 0;
    const text = (value: string | null | undefined): number => (value ? this.#strings.number(value) : -1);
    const columnsOf = this.#ids.map((id) =>
      [...(this.#tables.get(id)?.values() ?? [])].flatMap(({ number, name, type, description, unknown }) => {
        renumber[number] = next++;
        return [this.#strings.number(name), text(type), text(description), text(unknown)];
      }),
    );
    return { renumber, columnsOf };
  }
}
