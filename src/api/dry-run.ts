import type { CompiledFields, ManifestNode } from '../artifacts/index.ts';
import { Compiler, findNode, type Workbench } from '../compile/index.ts';
import { emit } from '../core/index.ts';
import { diagnosticsOf, type Parsed } from '../parse/index.ts';
import { planRun, type Step } from '../plan/index.ts';
import {
  adapterHost,
  Connection,
  describeNode,
  formatting,
  note,
  nothingToDo,
  plannedStep,
  type RunNode,
  runHookNodes,
} from '../run/index.ts';
import { workbench } from './make-workbench.ts';
import type { Opening, Workspace } from './workspace.ts';

/**
 * `--dry-run`: prints the steps that a run would take, in their order, with the SQL of those whose template asks the
 * warehouse nothing. The warehouse is not opened and no artifact is written. False where a template fails.
 */
export async function dryRun(
  workspace: Workspace,
  parsed: Parsed,
  selected: ReadonlySet<string>,
  render: Opening['render'],
): Promise<boolean> {
  const { invocation, command, credentials } = workspace;
  const { steps } = planRun(parsed.manifest, selected, { testsFirst: command === 'build' });
  if (!steps.length) {
    emit(invocation, nothingToDo());
    return true;
  }
  const bench = workbench(
    workspace,
    parsed,
    steps.map((step) => step.id),
  );
  const compiler = new Compiler(bench);
  emit(invocation, formatting());
  emit(invocation, note(`Dry run: ${steps.length} step${steps.length === 1 ? '' : 's'}, nothing is changed`));
  emit(invocation, formatting());
  tellHooks(bench, 'on-run-start');
  let isSound = true;
  for (const [i, step] of steps.entries()) {
    const node = findNode(parsed.manifest, step.id) as RunNode;
    const known = await sqlOf(bench, compiler, step, node, render);
    isSound &&= !known.failed;
    const after = step.after.map((id) => findNode(parsed.manifest, id)?.name ?? id).join(', ');
    const headline = `${i + 1} of ${steps.length} ${describeNode(node, credentials)}${after && `, after ${after}`}`;
    emit(invocation, plannedStep(headline, known.sql ?? known.remark ?? '', { ...step, sql: known.sql ?? null }));
  }
  tellHooks(bench, 'on-run-end');
  return isSound;
}

interface Known {
  readonly sql?: string;
  /** What is said where there is no SQL to show. */
  readonly remark?: string;
  readonly failed?: true;
}

/** The SQL of a step, as far as it is known without the warehouse. */
async function sqlOf(
  bench: Workbench,
  compiler: Compiler,
  step: Step,
  node: RunNode,
  render: Opening['render'],
): Promise<Known> {
  if (step.intent === 'seed') return { remark: `-- rows of ${(node as ManifestNode).original_file_path}` };
  if (step.intent === 'note') return { remark: '-- nothing to do' };
  if (step.intent === 'unit_test') return { remark: '-- its SQL is made from the columns that the warehouse tells' };
  let asks = false;
  const connection = new Connection(bench.invocation, step.id, () => {
    asks = true;
    return Promise.reject(new Error('a dry run opens no warehouse'));
  });
  try {
    const { sql } = await compiler.compile(
      node as Extract<ManifestNode, CompiledFields>,
      adapterHost(bench, connection),
    );
    return { sql: sql.trim() };
  } catch (error) {
    if (asks) return { remark: '-- its template asks the warehouse: the SQL is known when its turn comes' };
    return { remark: render(diagnosticsOf(error)), failed: true };
  }
}

/** The hooks of the project, as they are written: what they say may depend on the run. */
function tellHooks(bench: Workbench, tag: 'on-run-start' | 'on-run-end'): void {
  for (const hook of runHookNodes(bench, tag)) {
    const id = hook.unique_id;
    const headline = `hook ${hook.package_name}.${tag}.${hook.index ?? 0}, as written`;
    emit(bench.invocation, plannedStep(headline, hook.raw_code, { id, intent: 'hook', after: [], sql: null }));
  }
}
