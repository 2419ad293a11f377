/** A semantic version. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Empty for a release. */
  readonly prerelease: readonly (number | string)[];
}

/** One condition on a version: `>=1.2.0`. */
export interface Bound {
  readonly operator: '=' | '>' | '>=' | '<' | '<=';
  readonly version: Version;
}

const identifier = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const number = '(0|[1-9]\\d*)';
const pattern = new RegExp(
  `^(>=|<=|>|<|=)?\\s*${number}\\.${number}\\.${number}(?:-?(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z.-]*)?$`,
);

/** Reads one condition; a bare version means exactly that one. Undefined where it is none. */
export function parseBound(text: string): Bound | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const prerelease = match[5]?.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)) ?? [];
  return {
    operator: (match[1] ?? '=') as Bound['operator'],
    version: { major: Number(match[2]), minor: Number(match[3]), patch: Number(match[4]), prerelease },
  };
}

/** Reads a version. Undefined where it is none. */
export function parseVersion(text: string): Version | undefined {
  const bound = parseBound(text);
  return bound?.operator === '=' ? bound.version : undefined;
}

/** Whether a is older (negative), the same or newer (positive). What is built from one source counts as the same. */
export function compareVersions(a: Version, b: Version): number {
  const order = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  if (order !== 0) return order;
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (const [i, left] of a.prerelease.entries()) {
    const right = b.prerelease[i];
    if (right === undefined) return 1;
    if (left === right) continue;
    if (typeof left === 'number') return typeof right === 'number' ? left - right : -1;
    return typeof right === 'number' || left > right ? 1 : -1;
  }
  return a.prerelease.length - b.prerelease.length;
}

/** Whether a version meets a condition. `<2.0.0` leaves out 2.0.0-rc1 too: who says so does not want the next release. */
export function meets(version: Version, { operator, version: limit }: Bound): boolean {
  const order = compareVersions(version, limit);
  switch (operator) {
    case '=':
      return order === 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    default: {
      const isPreviewOfLimit = limit.prerelease.length === 0 && version.prerelease.length > 0;
      return order < 0 && !(isPreviewOfLimit && compareVersions({ ...version, prerelease: [] }, limit) === 0);
    }
  }
}

/** Whether any version at all could meet all conditions. */
export function canBeMet(bounds: readonly Bound[]): boolean {
  const exact = bounds.find(({ operator }) => operator === '=');
  if (exact !== undefined) return bounds.every((bound) => meets(exact.version, bound));
  const lower = bounds.filter(({ operator }) => operator.startsWith('>'));
  const upper = bounds.filter(({ operator }) => operator.startsWith('<'));
  return lower.every((low) =>
    upper.every((high) => {
      const order = compareVersions(low.version, high.version);
      return order < 0 || (order === 0 && low.operator === '>=' && high.operator === '<=');
    }),
  );
}
