import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Env, httpGet } from './http-get.ts';

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
  /** For its proxies. */
  readonly env: Env;
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

async function downloadOnce(url: string, { timeoutMs, signal, mostBytes, env }: Download): Promise<Buffer> {
  try {
    const answer = await httpGet(url, env, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    const { statusCode = 0, statusMessage = '' } = answer;
    if (statusCode < 200 || statusCode >= 300) {
      answer.destroy();
      throw new WebError(`the server answers ${statusCode} ${statusMessage}`.trim(), statusCode);
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
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

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  const { code, hostname, message } = error as NodeJS.ErrnoException & { hostname?: string };
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `no answer within ${timeoutMs / 1000} s`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `there is no host ${hostname ?? 'of that name'}`;
  if (code === 'ECONNREFUSED') return 'the connection is refused';
  return message || code || 'the connection fails';
}
