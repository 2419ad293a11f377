import { type AdapterHost, tableOf } from '../builtins/index.ts';
import { DiagnosticError } from '../core/index.ts';
import { tableText } from './table-text.ts';

/** The first failing rows of a test, as a table. That they cannot be had is no failure of the test. */
export async function failureRows(host: AdapterHost, query: string, limit: number): Promise<string | undefined> {
  if (limit <= 0) return undefined;
  try {
    return tableText(tableOf(await host.execute(query, { autoBegin: false, fetch: true, limit })));
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
}
