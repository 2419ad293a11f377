import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

/** The environment, for its proxies. */
export type Env = Readonly<Record<string, string | undefined>>;

const mostRedirects = 10;

/**
 * GET, over the proxy that the environment names. Unlike `fetch` it knows proxies on every Node, and takes addresses with
 * user and password. Follows redirects; the password does not go along to another host.
 */
export async function httpGet(address: string, env: Env, signal: AbortSignal): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; ; redirects++) {
    const answer = await getOnce(url, env, signal);
    const { statusCode = 0, headers } = answer;
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return answer;
    answer.destroy();
    if (redirects === mostRedirects) throw new Error('the server sends from one address to another without end');
    const next = new URL(headers.location, url);
    if (next.protocol !== 'https:' && next.protocol !== 'http:')
      throw new Error(`the server sends on to ${next.protocol}`);
    if (next.origin === url.origin) [next.username, next.password] = [url.username, url.password];
    url = next;
  }
}

async function getOnce(url: URL, env: Env, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { host: url.host, 'user-agent': 'xform', accept: '*/*' };
  const auth =
    url.username === '' ? undefined : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const proxy = proxyFor(url, env);
  const options: RequestOptions = { headers, auth, signal, agent: false };
  if (proxy === undefined)
    return answerOf((url.protocol === 'https:' ? httpsRequest : httpRequest)(bare(url), options));
  if (url.protocol === 'http:') {
    return answerOf(
      requestTo(proxy, { ...options, path: bare(url).href, headers: { ...headers, ...proxyAuth(proxy) } }),
    );
  }
  const socket = await tunnel(proxy, url, signal);
  const secure = tlsConnect({ socket, servername: url.hostname });
  return answerOf(httpsRequest(bare(url), { ...options, createConnection: () => secure }));
}

/** The address as it goes over the wire. */
function bare(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

function requestTo(proxy: URL, options: RequestOptions): ClientRequest {
  const place = { host: proxy.hostname, port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80) };
  return (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({ ...place, ...options });
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => request.on('response', resolve).on('error', reject).end());
}

function tunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const headers = { host: target, ...proxyAuth(proxy) };
  const request = requestTo(proxy, { method: 'CONNECT', path: target, headers, signal, agent: false });
  return new Promise((resolve, reject) => {
    request.on('connect', ({ statusCode }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy ${proxy.host} answers ${statusCode}`));
    });
    request.on('error', reject).end();
  });
}

function proxyAuth({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(words).toString('base64')}` };
}

/** The proxy for an address: `https_proxy`, `http_proxy`, `all_proxy` in either case, but for the hosts of `no_proxy`. */
export function proxyFor({ protocol, hostname, port }: URL, env: Env): URL | undefined {
  const named = (name: string): string => env[name] || env[name.toUpperCase()] || '';
  const proxy = named(`${protocol.slice(0, -1)}_proxy`) || named('all_proxy');
  if (proxy === '') return undefined;
  const isExempt = named('no_proxy')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [host, only] = entry.replace(/^\*?\./, '').split(':') as [string, string?];
      const isHost = host === '*' || hostname === host || hostname.endsWith(`.${host}`);
      return isHost && (only === undefined || only === port);
    });
  return isExempt ? undefined : new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}
