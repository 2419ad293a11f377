import { DiagnosticError } from '../core/index.ts';
import { drive, JinjaError, type Rendered, type Scope } from '../jinja/index.ts';
import { undefinedName } from '../parse/index.ts';
import type { Workbench } from './workbench.ts';

/**
 * Renders the template of a node. Of a name that nothing defines it tells what was likely meant.
 * Throws DiagnosticError or JinjaError.
 */
export async function renderNode(
  bench: Workbench,
  node: { readonly unique_id: string; readonly package_name: string },
  scope: Scope,
): Promise<Rendered> {
  try {
    return await drive(bench.templates.get(node.unique_id)!.renderWaiting(scope));
  } catch (error) {
    if (!(error instanceof JinjaError) || error.missing === undefined) throw error;
    throw new DiagnosticError(undefinedName(bench.macros, node.package_name, error.missing, error.at));
  }
}
