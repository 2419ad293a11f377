import type { AdapterHost } from '../builtins/index.ts';
import { findNode, nodeScope, type Workbench } from '../compile/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { compileTemplate, fromPlain } from '../jinja/index.ts';
import { brokenQueryComment } from './diagnostics.ts';

/**
 * Adds what `query-comment:` of dbt_project.yml says to statements, so that whoever looks at the warehouse's log sees
 * where they come from. Rendered once for a connection, at its first statement.
 * @param name of the connection: the unique id of the node it belongs to, or a word
 */
export function queryCommenter(bench: Workbench, name: string, host: () => AdapterHost): (sql: string) => string {
  const { comment: template, append } = bench.queryComment;
  if (!template) return (sql) => sql;
  let comment: string | undefined;
  return (sql) => {
    comment ??= rendered(bench, template, name, host());
    if (comment === '') return sql;
    if (!append) return `/* ${comment} */\n${sql}`;
    const statement = sql.trimEnd();
    return statement.endsWith(';') ? `${statement.slice(0, -1)}\n/* ${comment} */;` : `${statement}\n/* ${comment} */`;
  };
}

function rendered(bench: Workbench, template: string, name: string, host: AdapterHost): string {
  const node = findNode(bench.manifest, name);
  const asNode = {
    ...{ unique_id: name, name, resource_type: 'operation' as const, package_name: bench.macros.root, alias: name },
    ...{ database: bench.credentials.database, schema: bench.credentials.schema },
    ...{ original_file_path: 'dbt_project.yml', config: {} },
  };
  const { scope } = nodeScope(bench, asNode, host, {
    free: true,
    names: { node: () => (node ? fromPlain(node) : null), connection_name: () => name },
  });
  // Within a macro, so that return() ends it.
  const macro = `{% macro query_comment() %}${template}{% endmacro %}{{ query_comment() }}`;
  const comment = compileTemplate(macro, 'dbt_project.yml', { cache: bench.cache }).render(scope).text.trim();
  if (comment.includes('*/')) throw new DiagnosticError(brokenQueryComment({ comment }));
  return comment;
}
