import { type AdapterHost, RelationValue, type StatementResult } from '../builtins/index.ts';
import { nodeScope, type RenderedNode, type ScopeOptions, type Workbench } from '../compile/index.ts';
import { DiagnosticError, nearest } from '../core/index.ts';
import { callSteps, drive, iterate, PyDict } from '../jinja/index.ts';
import {
  badMaterializationResult,
  missingMaterialization,
  noMainStatement,
  unsupportedLanguage,
} from './diagnostics.ts';
import { findMaterialization, materializationNames } from './materialization.ts';

/**
 * Runs a node through its materialization macro and keeps the cache of relations true.
 * @returns what the statement `main` left behind
 */
export async function materialize(
  bench: Workbench,
  node: RenderedNode,
  host: AdapterHost,
  options: ScopeOptions = {},
): Promise<StatementResult> {
  const materialized = String(node.config.materialized);
  const main = await runMaterialization(bench, node, host, materialized, options);
  if (!main) throw new DiagnosticError(noMainStatement({ node: node.unique_id, materialized }));
  return main;
}

/** The same with a materialization that is not the node's own, and that need not have done anything. */
export async function runMaterialization(
  bench: Workbench,
  node: RenderedNode,
  host: AdapterHost,
  materialized: string,
  options: ScopeOptions = {},
): Promise<StatementResult | undefined> {
  const macro = findMaterialization(bench.macros, materialized);
  if (!macro) {
    const near = nearest(materialized, materializationNames(bench.macros));
    throw new DiagnosticError(
      missingMaterialization({ node: node.unique_id, materialized, adapter: bench.adapter.type, near }),
    );
  }
  const languages = bench.manifest.macros[macro.uniqueId]?.supported_languages ?? ['sql'];
  const { language = 'sql' } = node as { readonly language?: string };
  if (!languages.includes(language))
    throw new DiagnosticError(unsupportedLanguage({ materialized, languages, language }));
  const { scope, results } = nodeScope(bench, node, host, options);
  const answer = await drive(callSteps(scope.macros.bind(macro), [], null, scope));
  for (const relation of createdRelations(node, materialized, answer)) bench.relations.add(relation);
  return results.get('main');
}

/** The relations that a materialization says it made. Text (nothing returned) is accepted from custom ones. */
function createdRelations(node: RenderedNode, materialized: string, answer: unknown): RelationValue[] {
  if (typeof answer === 'string') return [];
  const relations = answer instanceof PyDict ? answer.get('relations') : undefined;
  if (relations === undefined || relations === null) {
    throw new DiagnosticError(badMaterializationResult({ node: node.unique_id, materialized }));
  }
  // A function is none of the tables and views of a schema: a table of its name is not replaced by it.
  return [...iterate(relations)].filter(
    (relation): relation is RelationValue => relation instanceof RelationValue && relation.type !== 'function',
  );
}
