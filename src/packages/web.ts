import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** How patiently the network is asked. */
export interface Patience {
  readonly timeoutMs: number;
  readonly attempts: number;
  readonly pauseMs: number;
}

/** Half a minute for an answer, and five tries. */
export const patience: Patience = { timeoutMs: 30_000, attempts: 5, pauseMs: 500 };

/** Something that cannot be downloaded. */
export class WebError extends Error {
  /** The status of the answer, where there was one. */
  readonly status: number | undefined;
  constructor(reason: string, status?: number) {
    super(reason);
    this.status = status;
  }
}

/** How something is downloaded. */
export interface Download extends Patience {
  readonly signal: AbortSignal;
  /** More than so many bytes are refused. */
  readonly mostBytes: number;
}

/** Downloads an http(s) address. Tries again what may go better the next time. Throws a WebError. */
export async function download(url: string, options: Download): Promise<Buffer> {
  return retrying(options, () => downloadOnce(url, options));
}

/** Does something until it does not fail with a passing fault, a few times. */
export async function retrying<T>(
  options: Patience & { readonly signal: AbortSignal },
  once: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof WebError) || !isPassing(error) || attempt >= options.attempts) throw error;
      await pause(options.pauseMs * 2 ** (attempt - 1), undefined, { signal: options.signal });
    }
  }
}

const isPassing = ({ status }: WebError): boolean => status === undefined || status === 429 || status >= 500;

async function downloadOnce(url: string, { timeoutMs, signal, mostBytes }: Download): Promise<Buffer> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: { 'user-agent': 'xform' },
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new WebError(`the server answers ${response.status} ${response.statusText}`.trim(), response.status);
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > mostBytes) throw new WebError(`it is larger than ${megabytes(mostBytes)}`, 413);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof WebError) throw error;
    signal.throwIfAborted();
    throw new WebError(reasonOf(error, timeoutMs));
  }
}

/** Reads a file:// address. Throws a WebError. */
export async function readLocalFile(url: string, mostBytes: number): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(fileURLToPath(url));
  } catch (error) {
    throw new WebError((error as Error).message, 404);
  }
  if (bytes.length > mostBytes) throw new WebError(`it is larger than ${megabytes(mostBytes)}`, 413);
  return bytes;
}

/** `100 MB` */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}

/** `fetch` says only that it failed; what happened is in the cause. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const cause = error.cause as { code?: string; message?: string; hostname?: string } | undefined;
  switch (cause?.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host ${cause.hostname ?? 'of that name'}`;
    case 'ECONNREFUSED':
      return 'the connection is refused';
    default:
      return cause?.message || cause?.code || error.message;
  }
}
