import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** All that tests make in the folder for temporary files, and what they start makes there, is in one that goes with them. */
export default function ownFolder(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'xform-tests-'));
  // Servers and some tests run as another user.
  chmodSync(folder, 0o755);
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
