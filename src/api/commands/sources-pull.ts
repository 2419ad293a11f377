import { relative } from 'node:path';
import { emit } from '../../core/index.ts';
import type { Parsed } from '../../parse/index.ts';
import { note } from '../../run/index.ts';
import { askCatalog } from '../ask-catalog.ts';
import { workbench } from '../make-workbench.ts';
import { selectNodes } from '../select-nodes.ts';
import { sessionPool } from '../session-pool.ts';
import { columnsOf, readSourceColumns, sourceColumnsFile, writeSourceColumns } from '../source-columns.ts';
import type { Workspace } from '../workspace.ts';

/**
 * `sources pull`: asks the warehouse for the columns of the selected sources and keeps them, so that `check` and `lineage`
 * know them without it. False where a source is not there.
 */
export async function sourcesPull(workspace: Workspace, parsed: Parsed): Promise<boolean> {
  const { invocation, project, targetFolder } = workspace;
  const selected = selectNodes(workspace, parsed);
  const wanted = Object.values(parsed.manifest.sources).filter(({ unique_id }) => selected.has(unique_id));
  const pool = sessionPool(workspace);
  try {
    const { sources, errors } = await askCatalog(workbench(workspace, parsed, selected), pool, wanted);
    for (const error of errors) emit(invocation, note(`[ERROR]: ${error}`, 'error'));
    if (errors.length) return false;
    const before = readSourceColumns(project.root, targetFolder);
    // What was pulled for other sources than these stays; what is no longer a source goes.
    const others = Object.entries(before).filter(([id]) => parsed.manifest.sources[id] && !selected.has(id));
    writeSourceColumns(project.root, { ...Object.fromEntries(others), ...columnsOf(sources) });
    const missing = wanted.filter(({ unique_id }) => !sources[unique_id]);
    for (const { source_name, name } of missing)
      emit(invocation, note(`[WARNING]: The source ${source_name}.${name} is not in the warehouse`, 'warn'));
    const count = Object.keys(sources).length;
    const file = relative(project.root, sourceColumnsFile(project.root)).replaceAll('\\', '/');
    emit(invocation, note(`Wrote the columns of ${count} source${count === 1 ? '' : 's'} to ${file}`, 'info'));
    return missing.length === 0;
  } finally {
    await pool.close();
  }
}
