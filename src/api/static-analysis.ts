import type { ManifestNode } from '../artifacts/index.ts';
import type { AnalysedNode, CompiledSql, SqlNode, Workbench } from '../compile/index.ts';
import { type Diagnostic, DiagnosticError, emit, type StaticAnalysisLevel, warningFate } from '../core/index.ts';
import type { Parsed } from '../parse/index.ts';
import { error, type Foresight, staticAnalysisFinding, warning } from '../run/index.ts';
import { type OpenAnalysis, openAnalysis } from './analyse.ts';
import { checkDescribed } from './described-columns.ts';
import { isIntrospection } from './offline-compiler.ts';
import type { Opening, Workspace } from './workspace.ts';

const LEVELS: readonly StaticAnalysisLevel[] = ['off', 'baseline', 'strict'];

/**
 * The analysis that goes with a run. All that can be compiled without the warehouse is looked at before the first query is
 * sent; a node whose template asks the warehouse when its turn has come. At `baseline` a mistake is a warning, as the
 * warehouse has the last word; at `strict` nothing is sent before all is right.
 */
export class StaticAnalysis implements Foresight {
  readonly #workspace: Workspace;
  readonly #parsed: Parsed;
  readonly #render: Opening['render'];
  readonly #levels: ReadonlyMap<string, StaticAnalysisLevel>;
  readonly #late = new Set<string>();
  #open: OpenAnalysis | undefined;
  readonly #compiled: Map<string, CompiledSql<SqlNode>>;

  constructor(
    workspace: Workspace,
    parsed: Parsed,
    bench: Workbench,
    selected: ReadonlySet<string>,
    render: Opening['render'],
  ) {
    this.#workspace = workspace;
    this.#parsed = parsed;
    this.#render = render;
    this.#levels = new Map([...levelsOf(workspace, parsed)].filter(([id]) => selected.has(id)));
    // Nodes that are not run are taken as they were seen last: what they give is there already.
    this.#open = this.#levels.size ? openAnalysis(workspace, bench, { isGiven: (id) => !selected.has(id) }) : undefined;
    this.#compiled = this.#open?.compiler.final ?? new Map();
  }

  /** Tells what is wrong with the nodes of the run. False where they must not be run. */
  async before(): Promise<boolean> {
    if (!this.#open) return true;
    const ids = this.#levels.keys();
    const analysed = await this.#open.analysis.nodes(ids);
    let mayRun = true;
    for (const node of analysed.values()) {
      if (!this.#levels.has(node.uniqueId)) continue;
      if (node.problems.some(isIntrospection)) this.#late.add(node.uniqueId);
      else if (this.#tell(node).length) mayRun = false;
    }
    // Threads and what they found take memory that the run has use for.
    if (!this.#late.size) await this.close();
    return mayRun;
  }

  compiled(id: string): CompiledSql<SqlNode> | undefined {
    const known = this.#compiled.get(id);
    this.#compiled.delete(id);
    return known;
  }

  /** Looks at a node that could not be compiled before. Throws DiagnosticError where it must not be run. */
  async inspect(compiled: CompiledSql): Promise<void> {
    const { node } = compiled;
    if (!this.#open || !this.#late.has(node.unique_id)) return;
    const found = await this.#open.analysis.compiled(compiled);
    this.#open.kept.setIntrospected(node, compiled.sql);
    const fatal = this.#tell(found);
    if (fatal.length) throw new DiagnosticError(...fatal);
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }

  /** Tells of a node's mistakes; returns those that forbid to run it. */
  #tell(node: AnalysedNode): readonly Diagnostic[] {
    const { flags, invocation } = this.#workspace;
    const described = checkDescribed(this.#workspace, this.#parsed.manifest.nodes[node.uniqueId]!, node);
    const errors = [...node.problems, ...described].filter(({ severity }) => severity === 'error');
    const isStrict = this.#levels.get(node.uniqueId) === 'strict';
    const fatal: Diagnostic[] = [];
    for (const problem of errors) {
      const text = this.#render([{ ...problem, severity: 'warning' }]);
      const event = staticAnalysisFinding(warning(text), 'warn', problem.code);
      const fate = isStrict ? 'error' : warningFate(flags, event);
      if (fate === 'warn') emit(invocation, event);
      if (fate !== 'error') continue;
      fatal.push(problem);
      emit(invocation, staticAnalysisFinding(error(this.#render([problem])), 'error', problem.code));
    }
    return fatal;
  }
}

/**
 * How closely each model and snapshot is looked at; without those that are not. What stands on a node that is not analysed
 * is not either, and nothing is held to a stricter level than what it stands on.
 */
function levelsOf({ flags }: Workspace, { manifest }: Parsed): ReadonlyMap<string, StaticAnalysisLevel> {
  const levels = new Map<string, StaticAnalysisLevel>();
  for (const node of Object.values(manifest.nodes))
    if (['model', 'snapshot'].includes(node.resource_type) && (node as { language?: string }).language !== 'python')
      levels.set(node.unique_id, flags.staticAnalysis ?? ownLevel(node));
  for (const level of LEVELS) {
    const front = [...levels.keys()].filter((id) => levels.get(id) === level);
    for (const id of front)
      for (const child of manifest.child_map?.[id] ?? []) {
        const own = levels.get(child);
        if (own === undefined || LEVELS.indexOf(own) <= LEVELS.indexOf(level)) continue;
        levels.set(child, level);
        front.push(child);
      }
  }
  return new Map([...levels].filter(([, level]) => level !== 'off'));
}

/** What a node says of itself; the older words for the levels are understood too. */
function ownLevel(node: ManifestNode): StaticAnalysisLevel {
  const { static_analysis: given } = node.config as { static_analysis?: unknown };
  if (given === 'on') return 'strict';
  if (given === false) return 'off';
  return LEVELS.find((level) => level === given) ?? 'baseline';
}
