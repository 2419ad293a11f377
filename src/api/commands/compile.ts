import {
  type CompiledFields,
  type FunctionNode,
  type Manifest,
  type ManifestNode,
  sqlOperationNode,
} from '../../artifacts/index.ts';
import { type CompiledSql, Compiler, notConnected, writeTarget } from '../../compile/index.ts';
import { DiagnosticError, emit } from '../../core/index.ts';
import { type Parsed, parseInline } from '../../parse/index.ts';
import {
  adapterHost,
  blankResult,
  Connection,
  compiledNode,
  concurrencyLine,
  formatting,
  type NodeResult,
  pointProblem,
  saidBy,
} from '../../run/index.ts';
import { listDeferred } from '../list-deferred.ts';
import { workbench } from '../make-workbench.ts';
import { parseInput, writeCompiled } from '../parse-workspace.ts';
import { compiledManifest } from '../run-nodes.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import type { Workspace } from '../workspace.ts';
import { nodeRunResult, writeRunResults } from '../write-run-results.ts';

/** What can be asked to be compiled. */
type Compilable = ManifestNode | FunctionNode;

/** A compiled node, or what went wrong with it. Of a seed there is nothing to compile. */
export interface CompiledOutcome {
  readonly compiled?: CompiledSql<Compilable>;
  readonly result: NodeResult;
}

/** SQL given on the command line, as a node of its own. */
export function inlineNode(workspace: Workspace, parsed: Parsed, code: string): { node: ManifestNode; parsed: Parsed } {
  const { project, credentials } = workspace;
  const name = 'inline_query';
  const node = sqlOperationNode({
    database: credentials.database,
    schema: credentials.schema,
    name,
    package_name: project.name,
    path: `sql/${name}`,
    original_file_path: `sql/${name}.sql`,
    unique_id: `sql_operation.${project.name}.${name}`,
    fqn: [project.name, 'sql', name],
    alias: name,
    checksum: { name: 'none', checksum: '' },
    raw_code: code,
  });
  const linked = parseInline(parsed, node, parseInput(workspace));
  return { node: linked.manifest.nodes[node.unique_id]!, parsed: linked };
}

/** What compiling came to. */
export interface Compilation {
  readonly outcomes: readonly CompiledOutcome[];
  /** The manifest with the SQL in it. */
  readonly manifest: Manifest;
}

/**
 * `compile`: writes the SQL of the selected nodes, and prints it where nodes were named.
 * @param chosen what to compile, for commands that have selected already
 */
export async function compile(
  workspace: Workspace,
  parsed: Parsed,
  chosen?: ReadonlySet<string>,
): Promise<Compilation> {
  const { flags, invocation, profile } = workspace;
  const inline = flags.inline === null ? undefined : inlineNode(workspace, parsed, flags.inline);
  const found = inline?.parsed ?? parsed;
  const ids = inline ? new Set([inline.node.unique_id]) : (chosen ?? selectNodes(workspace, parsed));
  const bench = workbench(workspace, found, ids);
  const compiler = new Compiler(bench);
  const pool = sessionPool(workspace);
  const outcomes: CompiledOutcome[] = [];
  const started = performance.now();
  if (!inline) {
    emit(invocation, formatting());
    emit(invocation, concurrencyLine(profile.threads, profile.target, ids.size));
    emit(invocation, formatting());
  }
  try {
    await listDeferred(bench, new Connection(invocation, 'master', () => pool.take('master')));
    for (const id of ids) {
      const node = inline?.node ?? found.manifest.nodes[id] ?? found.manifest.functions[id];
      if (!node) continue;
      const connection = new Connection(invocation, id, async () => {
        if (!flags.introspect) throw new DiagnosticError(notConnected({ node: id }));
        return pool.take(id);
      });
      outcomes.push(await compileOne(node, compiler, connection));
      await pool.takeBack(connection);
    }
  } finally {
    await pool.close();
  }
  const problems = outcomes.flatMap(({ result }) => result.problems);
  if (problems.length) throw new DiagnosticError(...problems);
  const isNamed = !chosen && (inline || flags.select.length > 0 || flags.models.length > 0);
  for (const { compiled } of outcomes) {
    const node = compiled?.node;
    if (!node || !isNamed || node.resource_type === 'test') continue;
    const format = flags.output === 'json' ? 'json' : 'text';
    emit(
      invocation,
      compiledNode(compiled.sql, {
        name: node.name,
        uniqueId: node.unique_id,
        inline: Boolean(inline),
        format,
        quiet: flags.quiet,
      }),
    );
  }
  let { manifest } = parsed;
  if (!inline) {
    manifest = compiledManifest(
      manifest,
      outcomes.map(({ result }) => result),
      workspace,
    );
    writeCompiled(workspace, manifest);
  }
  const seconds = (performance.now() - started) / 1000;
  writeRunResults(
    workspace,
    outcomes.map(({ result }) => nodeRunResult(result)),
    seconds,
  );
  return { outcomes, manifest };

  async function compileOne(node: Compilable, using: Compiler, connection: Connection): Promise<CompiledOutcome> {
    const startedAt = performance.now();
    const started_at = invocation.now();
    const ended = (): NodeResult => {
      const completed_at = invocation.now();
      const timing = [
        { name: 'compile' as const, started_at, completed_at },
        { name: 'execute' as const, started_at: completed_at, completed_at },
      ];
      const seconds = (performance.now() - startedAt) / 1000;
      return { ...blankResult(node, 'Thread-1'), status: 'success', timing, seconds };
    };
    try {
      if (node.resource_type === 'seed') return { result: ended() };
      const host = adapterHost(bench, connection);
      const compiled =
        node.resource_type === 'function'
          ? await using.compileFunction(node, host)
          : await using.compile(node as Extract<ManifestNode, CompiledFields>, host);
      const compiledPath = inline ? null : writeTarget(bench, 'compiled', node, compiled.sql);
      return {
        compiled,
        result: { ...ended(), node: compiled.node, compiledCode: compiled.sql, compiledPath },
      };
    } catch (error) {
      const said = saidBy(error);
      if (!said) throw error;
      const known = { compiled: undefined, statement: connection.lastSql, place: bench.placeOf(node.unique_id) };
      return {
        result: { ...ended(), status: 'error', problems: said.map((problem) => pointProblem(problem, known)) },
      };
    } finally {
      await connection.rollback();
    }
  }
}
