import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { DiagnosticError } from '../../src/core/index.ts';
import type { PostgresCredentials } from './credentials.ts';
import { noRootCertificate, unreadableFile } from './diagnostics.ts';

/** One way to connect: with TLS as these options say, or without. */
export type Encryption = false | ConnectionOptions;

/** Where libpq looks for certificates that the profile does not name. */
const userFolder = (): string => path.join(homedir(), '.postgresql');

/**
 * The ways to connect that `sslmode` allows, in the order they are tried. As with libpq, `require` and below ask for no
 * proof of who the server is, unless a root certificate is there.
 */
export function encryptions(credentials: PostgresCredentials): readonly Encryption[] {
  const { sslMode } = credentials;
  // There is nobody to listen on a socket of this machine.
  if (sslMode === 'disable' || credentials.host.startsWith('/')) return [false];
  const tls = tlsOptions(credentials);
  switch (sslMode) {
    case 'allow':
      return [false, tls];
    case 'prefer':
      return [tls, false];
    default:
      return [tls];
  }
}

function tlsOptions(credentials: PostgresCredentials): ConnectionOptions {
  const { sslMode, host } = credentials;
  const verifies = sslMode === 'verify-ca' || sslMode === 'verify-full';
  const ca = rootCertificate(credentials, verifies);
  const cert = file('sslcert', credentials.sslCert, 'postgresql.crt', credentials.base);
  const key = file('sslkey', credentials.sslKey, 'postgresql.key', credentials.base);
  return {
    // The name a server with several certificates chooses by; an address is none.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ...(ca === undefined || ca === 'system' ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: verifies || (sslMode === 'require' && ca !== undefined),
    ...(sslMode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  };
}

function rootCertificate(credentials: PostgresCredentials, needed: boolean): string | 'system' | undefined {
  if (credentials.sslRootCert === 'system') return 'system';
  const found = file('sslrootcert', credentials.sslRootCert, 'root.crt', credentials.base);
  if (found === undefined && needed)
    throw new DiagnosticError(
      noRootCertificate({ sslmode: credentials.sslMode, path: path.join(userFolder(), 'root.crt') }),
    );
  return found;
}

/** The text of a file that the profile names, or else of libpq's own if it is there. */
function file(option: string, named: string | undefined, usual: string, base: string): string | undefined {
  if (named === undefined) {
    const own = path.join(userFolder(), usual);
    return existsSync(own) ? readFileSync(own, 'utf8') : undefined;
  }
  const full = path.resolve(base, named.replace(/^~(?=\/)/, homedir()));
  try {
    return readFileSync(full, 'utf8');
  } catch (error) {
    throw new DiagnosticError(unreadableFile({ option, path: full, error: String((error as Error).message) }));
  }
}
