import { type Diagnostic, DiagnosticError } from '../core/index.ts';

/**
 * Does something for each item, at most so many at a time. The answers come in the order of the items. Waits for all
 * of them; what is wrong with several items is thrown as one DiagnosticError.
 */
export async function atOnce<T, R>(most: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const problems: Diagnostic[] = [];
  const bugs: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && bugs.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index]!);
      } catch (error) {
        if (error instanceof DiagnosticError) problems.push(...error.diagnostics);
        else bugs.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (bugs.length > 0) throw bugs[0];
  if (problems.length > 0) throw new DiagnosticError(...problems);
  return results;
}
