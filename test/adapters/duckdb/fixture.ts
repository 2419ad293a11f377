import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { adapter } from '../../../adapters/duckdb/index.ts';
import type { Credentials, Warehouse } from '../../../src/adapter/index.ts';
import type { Diagnostic } from '../../../src/core/index.ts';
import { DiagnosticError } from '../../../src/core/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'xform-duckdb-'));
const open: Warehouse[] = [];
afterAll(async () => {
  await Promise.all(open.map((warehouse) => warehouse.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** A folder of this test file's own. */
export const directory: string = folder;

/** Credentials that must be right. */
export function credentials(output: Record<string, unknown> = {}, base = process.cwd()): Credentials {
  const result = adapter.credentials({ type: 'duckdb', ...output }, base);
  if ('problems' in result) throw new DiagnosticError(...result.problems);
  return result.credentials;
}

/** An open database, closed after the tests. */
export async function warehouse(output: Record<string, unknown> = {}, base?: string): Promise<Warehouse> {
  const opened = await adapter.open(credentials(output, base));
  open.push(opened);
  return opened;
}

/** The first diagnostic that work fails with. */
export async function failure(work: Promise<unknown>): Promise<Diagnostic> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]!;
    throw error;
  }
  throw new Error('did not fail');
}
