import type { Project } from './project.ts';

/** How an edge is drawn: by the strongest way in which a value goes along it. */
export type EdgeStyle = 'copy' | 'derive' | 'aggregate' | 'influence';

/** All of them, with what they mean. */
export const EDGE_STYLES: Readonly<Record<EdgeStyle, string>> = {
  copy: 'copied as it is',
  derive: 'part of an expression',
  aggregate: 'aggregated over rows',
  influence: 'filter, join, group, order or window only',
};

/** Names of the kinds of an edge. */
export const kindNames = ({ data }: Project, kinds: number): string[] =>
  data.kinds.filter((_, bit) => kinds & (1 << bit));

/** How to draw kinds. */
export function edgeStyle(project: Project, kinds: number): EdgeStyle {
  const names = kindNames(project, kinds);
  return (['aggregate', 'derive', 'copy'] as const).find((style) => names.includes(style)) ?? 'influence';
}

/** The bits of the kinds that carry a value. */
export const valueBits = ({ data }: Project): number =>
  data.kinds.reduce(
    (bits, kind, bit) => (['copy', 'derive', 'aggregate'].includes(kind) ? bits | (1 << bit) : bits),
    0,
  );
