import type { CompiledFields, ManifestNode } from '../../artifacts/index.ts';
import { type TableValue, tableOf } from '../../builtins/index.ts';
import { Compiler, nodeScope, relationOf } from '../../compile/index.ts';
import { DiagnosticError, emit, type Flags } from '../../core/index.ts';
import { callSteps, drive, PyDecimal, str, toJson, toPlain, type Value } from '../../jinja/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { adapterHost, Connection, showNode, tableText } from '../../run/index.ts';
import { noMatch, nothingToShow } from '../diagnostics.ts';
import { listDeferred } from '../list-deferred.ts';
import { workbench } from '../make-workbench.ts';
import { masterScope } from '../master-scope.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import type { Workspace } from '../workspace.ts';
import { inlineNode } from './compile.ts';

/** `show`: runs the query of each selected node, or of `--inline`, and prints the first rows. Leaves nothing behind. */
export async function show(workspace: Workspace, parsed: Parsed): Promise<readonly TableValue[]> {
  const { flags, invocation } = workspace;
  const text = flags.inline ?? flags.inlineDirect;
  if (text === null && !flags.select.length && !flags.models.length && flags.selector === null)
    throw new DiagnosticError(nothingToShow({}));
  const inline = text === null ? undefined : inlineNode(workspace, parsed, text);
  const found = inline?.parsed ?? parsed;
  const ids = inline ? [inline.node.unique_id] : [...selectNodes(workspace, parsed)];
  const nodes = ids
    .map((id) => inline?.node ?? found.manifest.nodes[id])
    .filter((node) => node !== undefined && (inline || isNamed(flags, node)));
  if (!nodes.length) throw new DiagnosticError(noMatch({ what: flags.select.join(' ') || 'the selection' }));
  const bench = workbench(workspace, found, ids);
  const compiler = new Compiler(bench);
  const pool = sessionPool(workspace);
  const tables: TableValue[] = [];
  const limit = flags.limit < 0 ? null : flags.limit;
  try {
    await listDeferred(bench, new Connection(invocation, 'master', () => pool.take('master')));
    for (const node of nodes as ManifestNode[]) {
      const connection = new Connection(invocation, node.unique_id, () => pool.take(node.unique_id));
      const sql = await queryOf(node, connection);
      const result = await connection.execute(sql, { autoBegin: false, fetch: true, limit: limit ?? undefined });
      const table = tableOf(result);
      tables.push(table);
      const format = flags.output === 'json' ? 'json' : 'text';
      const preview = format === 'json' ? jsonRows(table) : tableText(table);
      emit(
        invocation,
        showNode(preview, {
          name: versionedName(node),
          uniqueId: node.unique_id,
          inline: Boolean(inline),
          format,
          quiet: flags.quiet,
        }),
      );
      await connection.rollback();
      await pool.takeBack(connection);
    }
  } finally {
    await pool.close();
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

/** Whether the selection speaks of the node itself: tests that come along with a model are not shown. */
export function isNamed(flags: Flags, node: ManifestNode): boolean {
  return [...flags.select, ...flags.models].some((criterion) => criterion.includes(node.name));
}

/** The name of a node, with its version where it has one. */
function versionedName(node: ManifestNode): string {
  const version = 'version' in node ? node.version : null;
  return version === null ? node.name : `${node.name}.v${version}`;
}

/** A value as JSON without loss: decimals keep all their digits, dates are text. */
function jsonOf(value: Value): string {
  if (value instanceof PyDecimal) return Number.isFinite(Number(value.str())) ? value.str() : 'null';
  return toJson(toPlain(value) as Value);
}

function jsonRows(table: TableValue): string {
  const rows = table.rows.map(
    (row) =>
      `  {\n${table.columnNames.map((name, i) => `    ${JSON.stringify(name)}: ${jsonOf(row[i]!)}`).join(',\n')}\n  }`,
  );
  return rows.length ? `[\n${rows.join(',\n')}\n]` : '[]';
}
