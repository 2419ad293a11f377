import { type Diagnostic, dbtVersion } from '../core/index.ts';
import { invalidVersionRange, versionMismatch } from './diagnostics.ts';
import type { Project } from './project.ts';

type Version = readonly [major: number, minor: number, patch: number, prerelease: readonly string[]];

const range = /^\s*(>=|<=|>|<|=)?\s*v?(\d+)\.(\d+)\.(\d+)(?:-?([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.-]+)?\s*$/;

/** What `require-dbt-version` of a project has against the dbt that xform stands for. */
export function checkRequiredVersion(project: Project, file: string, version = dbtVersion): Diagnostic | undefined {
  const installed = parse(version)!.version;
  for (const written of project.requireDbtVersion) {
    const parsed = parse(written);
    if (parsed === undefined) return invalidVersionRange({ file, written });
    const order = compare(installed, parsed.version);
    const fits = { '>=': order >= 0, '<=': order <= 0, '>': order > 0, '<': order < 0, '=': order === 0 }[
      parsed.operator
    ];
    if (!fits) {
      return versionMismatch({ name: project.name, required: project.requireDbtVersion, installed: version });
    }
  }
  return undefined;
}

function parse(text: string): { operator: '>=' | '<=' | '>' | '<' | '='; version: Version } | undefined {
  const match = range.exec(text);
  if (match === null) return undefined;
  const prerelease = match[5]?.split('.') ?? [];
  return {
    operator: (match[1] ?? '=') as '=',
    version: [Number(match[2]), Number(match[3]), Number(match[4]), prerelease],
  };
}

function compare(a: Version, b: Version): number {
  for (const i of [0, 1, 2] as const) if (a[i] !== b[i]) return a[i] - b[i];
  const [left, right] = [a[3], b[3]];
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const order = x.localeCompare(y, 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return 0;
}
