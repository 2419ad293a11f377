import type { CompiledFields, ManifestNode } from '../../artifacts/index.ts';
import { type TableValue, tableOf } from '../../builtins/index.ts';
import { Compiler, nodeScope, relationOf } from '../../compile/index.ts';
import { DiagnosticError, emit } from '../../core/index.ts';
import { callSteps, drive, str, toJson } from '../../jinja/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { adapterHost, Connection, SessionPool, showNode } from '../../run/index.ts';
import { noMatch } from '../diagnostics.ts';
import { workbench } from '../make-workbench.ts';
import { masterScope } from '../run-nodes.ts';
import { selectNodes } from '../select-nodes.ts';
import { openWarehouse } from '../warehouse.ts';
import type { Workspace } from '../workspace.ts';
import { inlineNode } from './compile.ts';

/** `show`: runs the query of each selected node, or of `--inline`, and prints the first rows. Leaves nothing behind. */
export async function show(workspace: Workspace, parsed: Parsed): Promise<readonly TableValue[]> {
  const { flags, invocation } = workspace;
  const text = flags.inline ?? flags.inlineDirect;
  const inline = text === null ? undefined : inlineNode(workspace, parsed, text);
  const found = inline?.parsed ?? parsed;
  const ids = inline ? [inline.node.unique_id] : [...selectNodes(workspace, parsed)];
  const named = flags.select.length > 0 || flags.models.length > 0;
  const nodes = ids
    .map((id) => inline?.node ?? found.manifest.nodes[id])
    .filter((node) => node !== undefined && (named || inline || node.resource_type !== 'test'));
  if (!nodes.length) throw new DiagnosticError(noMatch({ what: flags.select.join(' ') || 'the selection' }));
  const bench = workbench(workspace, found, ids);
  const compiler = new Compiler(bench);
  const warehouse = openWarehouse(workspace);
  const pool = new SessionPool(warehouse.get);
  const tables: TableValue[] = [];
  const limit = flags.limit < 0 ? null : flags.limit;
  try {
    for (const node of nodes as ManifestNode[]) {
      const connection = new Connection(invocation, node.unique_id, () => pool.take(node.unique_id));
      const sql = await queryOf(node, connection);
      const result = await connection.execute(sql, { autoBegin: false, fetch: true, limit: limit ?? undefined });
      const table = tableOf(result);
      tables.push(table);
      const format = flags.output === 'json' ? 'json' : 'text';
      const preview = format === 'json' ? jsonRows(table) : markdown(table);
      emit(
        invocation,
        showNode(preview, {
          name: node.name,
          uniqueId: node.unique_id,
          inline: Boolean(inline),
          format,
          quiet: flags.quiet,
        }),
      );
      await connection.rollback();
    }
  } finally {
    await pool.close();
    await warehouse.close();
  }
  return tables;

  async function queryOf(node: ManifestNode, connection: Connection): Promise<string> {
    const { scope } = masterScope(bench, connection);
    const base =
      node.resource_type === 'seed'
        ? `select * from ${relationOf(bench, node).render()}`
        : (await compiler.compile(node as Extract<ManifestNode, CompiledFields>, adapterHost(bench, connection))).sql;
    const { scope: own } = nodeScope(bench, node as never, adapterHost(bench, connection), { free: true });
    const macro = (own ?? scope).macros.rootMacro('get_show_sql');
    const header = (node.config as { sql_header?: string | null }).sql_header ?? null;
    return str(await drive(callSteps(macro, [base, header, limit], null, own))).trim();
  }
}

/** Rows as a Markdown table, as dbt prints them. */
export function markdown(table: TableValue): string {
  const cells = (row: readonly unknown[]): string[] => row.map((cell) => (cell === null ? '' : short(cell)));
  const rows = table.rows.map(cells);
  const widths = table.columnNames.map((name, i) => Math.max(name.length, ...rows.map((row) => [...row[i]!].length)));
  const isNumber = table.columnTypes.map((type) => type === 'Number' || type === 'Integer');
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]! + cell.length - [...cell].length) : cell.padEnd(widths[i]! + cell.length - [...cell].length))).join(' | ')} |`;
  return [line(table.columnNames), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...rows.map(line), ''].join(
    '\n',
  );
}

const MAX_CELL = 60;
function short(value: unknown): string {
  const text = str(value as never).replaceAll('\n', ' ');
  return [...text].length > MAX_CELL ? `${[...text].slice(0, MAX_CELL - 3).join('')}...` : text;
}

function jsonRows(table: TableValue): string {
  const rows = table.rows.map(
    (row) =>
      `  {\n${table.columnNames.map((name, i) => `    ${JSON.stringify(name)}: ${toJson(row[i]!)}`).join(',\n')}\n  }`,
  );
  return rows.length ? `[\n${rows.join(',\n')}\n]` : '[]';
}
