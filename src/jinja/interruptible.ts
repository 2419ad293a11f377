import { Script } from 'node:vm';
import { PyError } from './value.ts';

/** Where the script finds what it is to do: nothing else can be handed to it. */
const WORK = Symbol.for('xform.interruptible');
const script = new Script(`globalThis[Symbol.for('xform.interruptible')]()`);

/**
 * Does work that Ctrl-C breaks off, however long it goes on without giving way: handlers of the signal would not run before
 * it has ended. The signal is raised once more for them. Without handlers it ends the process anyhow.
 */
export function interruptible<T>(work: () => T): T {
  if (process.listenerCount('SIGINT') === 0) return work();
  const host = globalThis as { [WORK]?: () => T };
  host[WORK] = work;
  try {
    return script.runInThisContext({ breakOnSigint: true }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
    process.kill(process.pid, 'SIGINT');
    // Where it was is not known: what is broken off like this runs no code of its own any more.
    throw new PyError('KeyboardInterrupt', 'the template was stopped');
  } finally {
    delete host[WORK];
  }
}
