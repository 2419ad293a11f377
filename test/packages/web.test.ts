import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/packages/http-get.ts';
import { shownUrl } from '../../src/packages/package-spec.ts';
import { download, WebError } from '../../src/packages/web.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, port: (server.address() as AddressInfo).port };
}

const get = async (url: string, env = {}, more = {}): Promise<string> => {
  const { signal } = new AbortController();
  const bytes = await download(url, { timeoutMs: 300, attempts: 1, pauseMs: 1, signal, env, mostBytes: 1000, ...more });
  return bytes.toString();
};

describe('downloads', () => {
  it('follow redirects, and take the password along to the same host only', async () => {
    const other = await serve((request, response) => response.end(`other ${request.headers.authorization}`));
    const { port } = await serve((request, response) => {
      if (request.url === '/end') response.end(request.headers.authorization);
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else
        response
          .writeHead(302, { location: request.url === '/same' ? '/end' : `http://localhost:${other.port}/` })
          .end();
    });
    const base = `http://me:p%40ss@127.0.0.1:${port}`;
    expect(await get(`${base}/same`)).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(await get(`${base}/other`).catch((error: WebError) => error.message)).toMatch(/other undefined|refused/);
    await expect(get(`${base}/loop`)).rejects.toThrow('without end');
  });

  it('go over the proxy of the environment', async () => {
    const { port, server } = await serve((request, response) =>
      response.end(`proxied ${request.url} ${request.headers['proxy-authorization']}`),
    );
    const proxy = `http://u:p@127.0.0.1:${port}`;
    const words = `Basic ${Buffer.from('u:p').toString('base64')}`;
    expect(await get('http://hub.invalid/x?y', { http_proxy: proxy })).toBe(`proxied http://hub.invalid/x?y ${words}`);
    let asked = '';
    server.on('connect', (request, socket) => {
      asked = request.url ?? '';
      socket.end('HTTP/1.1 407 No\r\n\r\n');
    });
    await expect(get('https://hub.invalid/x', { HTTPS_PROXY: proxy })).rejects.toThrow('answers 407');
    expect(asked).toBe('hub.invalid:443');
  });

  it('leave the proxy where no_proxy says so', () => {
    const of = (url: string, no_proxy: string) => proxyFor(new URL(url), { http_proxy: 'proxy:1', no_proxy })?.host;
    expect(of('http://a.b/', '')).toBe('proxy:1');
    for (const no of ['*', 'a.b', 'x, b', '.b', '*.b']) expect(of('http://a.b/', no)).toBeUndefined();
    expect(of('http://aa.b:8/', 'a.b,b:9')).toBe('proxy:1');
    expect(of('https://a.b/', '')).toBeUndefined();
  });

  it('end: by time, size and status', async () => {
    const { port } = await serve((request, response) => {
      if (request.url === '/slow') return;
      if (request.url === '/large') response.end('x'.repeat(2000));
      else response.writeHead(403).end();
    });
    const base = `http://127.0.0.1:${port}`;
    await expect(get(`${base}/slow`)).rejects.toThrow('no answer within 0.3 s');
    await expect(get(`${base}/large`)).rejects.toThrow('larger than');
    await expect(get(`${base}/none`)).rejects.toBeInstanceOf(WebError);
  });
});

describe('an address that is shown', () => {
  it('has no user, password or query', () => {
    expect(shownUrl('https://token@host/x.git')).toBe('https://***@host/x.git');
    expect(shownUrl('https://a:b@host/x.tar.gz?sig=secret')).toBe('https://***@host/x.tar.gz?***');
    expect(shownUrl('git@host:a/b.git')).toBe('git@host:a/b.git');
  });
});
