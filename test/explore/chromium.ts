import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium that `XFORM_TEST_CHROMIUM` names, or one on the PATH; or why there is none. */
export function chromiumOf(env: NodeJS.ProcessEnv): { readonly command: string } | { readonly reason: string } {
  const named = env.XFORM_TEST_CHROMIUM;
  if (named)
    return existsSync(named)
      ? { command: named }
      : { reason: `XFORM_TEST_CHROMIUM names ${named}, which is not there` };
  const folders = (env.PATH ?? '').split(path.delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) =>
    existsSync(file),
  );
  return found ? { command: found } : { reason: 'no Chromium on the PATH (XFORM_TEST_CHROMIUM names one)' };
}
