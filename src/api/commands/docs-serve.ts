import { spawn } from 'node:child_process';
import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { DiagnosticError, emit } from '../../core/index.ts';
import { note } from '../../run/index.ts';
import { noDocs, portTaken } from '../diagnostics.ts';
import type { Workspace } from '../workspace.ts';

const MEDIA: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.sql': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
};

/** `docs serve`: serves the target folder until the user stops it. */
export async function docsServe(workspace: Workspace): Promise<boolean> {
  const { flags, invocation, targetFolder } = workspace;
  if (!existsSync(join(targetFolder, 'index.html'))) throw new DiagnosticError(noDocs({ folder: targetFolder }));
  const root = realpathSync(targetFolder);
  const server = createServer((request, response) => answer(root, flags.host, request, response));
  await listen(server, flags.host, flags.port);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : flags.port;
  const shown = isLocal(flags.host) || flags.host === '0.0.0.0' ? 'localhost' : flags.host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  emit(invocation, note(`Serving docs at ${port}`));
  emit(invocation, note(`To access from your browser, navigate to: ${url}`));
  emit(invocation, note('Press Ctrl+C to exit.'));
  if (flags.browser) openBrowser(url);
  if (!invocation.signal.aborted) {
    await new Promise<void>((resolve) => invocation.signal.addEventListener('abort', () => resolve(), { once: true }));
  }
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return true;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new DiagnosticError(portTaken({ host, port, reason: error.code ?? error.message })));
    });
    server.listen(port, host, resolve);
  });
}

const isLocal = (host: string): boolean => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);

/** Answers with a file of the folder, and with nothing from outside of it. */
function answer(root: string, host: string, request: IncomingMessage, response: ServerResponse): void {
  // A page elsewhere could point a name of its own at this machine and read the project through the browser.
  const asked = (request.headers.host ?? '').replace(/:\d+$/, '');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isStranger = isLocal(host) && !isLocal(asked);
  const file = isRead && !isStranger ? fileFor(root, request.url ?? '/') : undefined;
  if (file === undefined) {
    response.writeHead(isRead ? (isStranger ? 403 : 404) : 405).end();
    return;
  }
  response.writeHead(200, {
    'content-type': MEDIA[extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else {
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  }
}

/** The file that a path of the address means; undefined where there is none in the folder, links followed. */
function fileFor(root: string, url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    const file = realpathSync(join(root, path === '/' ? 'index.html' : path));
    const isInside = !relative(root, file).startsWith(`..${sep}`) && relative(root, file) !== '..';
    return isInside && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Opens the page; a machine without a browser is no reason to stop serving. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', url]
        : ['xdg-open', url];
  const child = spawn(program!, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
