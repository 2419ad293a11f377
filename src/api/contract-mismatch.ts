import { ColumnValue } from '../builtins/index.ts';
import { iterate, PyDict, str, type Value } from '../jinja/index.ts';

interface Named {
  readonly name: string;
  readonly type: string;
}

function columnsOf(value: Value): Named[] {
  return [...iterate(value)].map((column) => {
    if (column instanceof ColumnValue) return { name: column.name, type: column.dtype };
    const read = (key: string): string => (column instanceof PyDict ? str(column.get(key) ?? '') : '');
    return { name: read('name'), type: read('data_type') };
  });
}

/** The table of what a contract says and what the query gives, in dbt's words. */
export function contractMismatch(yamlColumns: Value, sqlColumns: Value): string {
  const contract = columnsOf(yamlColumns);
  const definition = columnsOf(sqlColumns);
  const rows: string[][] = [];
  const contracted = new Map(contract.map((column) => [column.name.toLowerCase(), column]));
  const defined = new Map(definition.map((column) => [column.name.toLowerCase(), column]));
  for (const column of definition) {
    const wanted = contracted.get(column.name.toLowerCase());
    if (!wanted) rows.push([column.name, column.type, '', 'missing in contract']);
    else if (wanted.type.toLowerCase() !== column.type.toLowerCase())
      rows.push([column.name, column.type, wanted.type, 'data type mismatch']);
  }
  for (const column of contract) {
    if (!defined.has(column.name.toLowerCase())) rows.push([column.name, '', column.type, 'missing in definition']);
  }
  rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  const table = [['column_name', 'definition_type', 'contract_type', 'mismatch_reason'], ...rows];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const lines = table.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`);
  return [
    'This model has an enforced contract that failed.',
    "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.",
    '',
    ...lines,
  ].join('\n');
}
