/** Heaps below this many bytes are left alone: there is not enough to be had. */
const WORTHWHILE = 100_000_000;

/**
 * Gives back memory that V8 holds in reserve, some tens of megabytes after a long run: for what takes much itself next. Of
 * the ways to ask for that, only the one that heap profilers use reaches the reserve too.
 */
export async function trimHeap(): Promise<void> {
  if (process.memoryUsage().heapTotal < WORTHWHILE) return;
  const { Session } = await import('node:inspector');
  const session = new Session();
  session.connect();
  try {
    await new Promise<void>((done) => session.post('HeapProfiler.collectGarbage', () => done()));
  } finally {
    session.disconnect();
  }
}
