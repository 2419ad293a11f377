import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSystemError } from '../core/index.ts';

/** What `writeWhole` calls a file on its way: by the process that writes it. */
const ON_ITS_WAY = /\.(\d+)\.[0-9a-f]{8}\.tmp$/;

/** A writer on another machine cannot be seen, but none takes so long. */
const OLD = 60_000;

/** Removes artifacts that a process was killed while writing. What may still be on its way is left, as is what cannot be removed. */
export function removeLeftovers(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const writer = ON_ITS_WAY.exec(name)?.[1];
      if (writer === undefined || isAlive(Number(writer))) continue;
      const file = join(folder, name);
      const { mtimeMs } = lstatSync(file);
      if (Date.now() - mtimeMs > OLD) rmSync(file);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
