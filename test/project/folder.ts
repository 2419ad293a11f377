import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiagnosticError } from '../../src/core/index.ts';
import type { RenderText } from '../../src/project/index.ts';

/** A new folder with the files given. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'xform-project-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Renders `{{ name }}` from a table, and refuses what is not in it. */
export function renderFrom(names: Readonly<Record<string, string | number>>): RenderText {
  return (text) => {
    const whole = /^\{\{ (\w+) \}\}$/.exec(text);
    const find = (name: string) => {
      if (name in names) return names[name]!;
      throw new DiagnosticError({
        code: 'XF1101',
        severity: 'error',
        category: 'Parsing',
        message: `no ${name}`,
        data: {},
        labels: [],
        help: [],
      });
    };
    if (whole) return find(whole[1]!);
    return text.replace(/\{\{ (\w+) \}\}/g, (_, name: string) => String(find(name)));
  };
}

/** The diagnostics that a call throws. */
export function faults(call: () => unknown) {
  try {
    call();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  return [];
}
