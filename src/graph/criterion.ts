import { nearest } from '../core/index.ts';
import { atWithChildren, invalidCriterion, unknownMethod } from './diagnostics.ts';
import { refuse } from './refuse.ts';

/** The ways to name nodes. */
export const METHOD_NAMES = [
  'fqn',
  'tag',
  'group',
  'access',
  'source',
  'path',
  'file',
  'package',
  'config',
  'test_name',
  'test_type',
  'resource_type',
  'state',
  'exposure',
  'metric',
  'result',
  'source_status',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
  'selector',
] as const;

/** A way to name nodes. */
export type MethodName = (typeof METHOD_NAMES)[number];

/** Which tests come along with the nodes they test. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** All of them, the default first. */
export const INDIRECT_SELECTIONS: readonly IndirectSelection[] = ['eager', 'cautious', 'buildable', 'empty'];

/** One criterion: which nodes, and which of their relatives. */
export interface Criterion {
  readonly kind: 'criterion';
  readonly raw: string;
  readonly method: MethodName;
  /** What stands behind the method's dots: `materialized` of `config.materialized`. */
  readonly arguments: readonly string[];
  /** A string, or in selectors.yml whatever the user wrote. */
  readonly value: unknown;
  readonly childrensParents: boolean;
  readonly parents: boolean;
  readonly parentsDepth?: number;
  readonly children: boolean;
  readonly childrenDepth?: number;
  readonly indirect: IndirectSelection;
}

/** Criteria joined by a set operation; a difference takes the later parts from the first. */
export interface SelectionGroup {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly parts: readonly Selection[];
  readonly indirect: IndirectSelection;
  /** The words of the user, where it is worth a warning if the group is empty. */
  readonly warnAs?: string;
}

/** What to select. */
export type Selection = Criterion | SelectionGroup;

/** A criterion taken apart, before its method is looked up. */
export interface CriterionParts {
  readonly method?: string;
  readonly value: unknown;
  readonly childrensParents?: boolean;
  readonly parents?: boolean;
  readonly parentsDepth?: number;
  readonly children?: boolean;
  readonly childrenDepth?: number;
  readonly indirect: IndirectSelection;
}

const CRITERION = /^(@)?(?:(\d*)(\+))?(?:([\p{L}\p{N}_.]+):)?(.*?)(?:(\+)(\d*))?$/u;

/** Reads one criterion as it is written on the command line. */
export function parseCriterion(raw: string, indirect: IndirectSelection): Criterion {
  const match = CRITERION.exec(raw) ?? refuse(invalidCriterion({ raw }));
  const [, at, parentsDepth, parents, method, value, children, childrenDepth] = match;
  return criterion(raw, {
    method,
    value: value ?? '',
    childrensParents: at !== undefined,
    parents: parents !== undefined,
    parentsDepth: parentsDepth ? Number(parentsDepth) : undefined,
    children: children !== undefined,
    childrenDepth: childrenDepth ? Number(childrenDepth) : undefined,
    indirect,
  });
}

/** Makes a criterion of its parts: finds the method, or guesses it from the value. */
export function criterion(raw: string, parts: CriterionParts): Criterion {
  const childrensParents = parts.childrensParents ?? false;
  const children = parts.children ?? false;
  if (childrensParents && children) refuse(atWithChildren({ raw }));
  const [method, ...args] = parts.method === undefined ? [defaultMethod(String(parts.value))] : parts.method.split('.');
  return {
    kind: 'criterion',
    raw,
    method: knownMethod(method!, raw),
    arguments: args,
    value: parts.value,
    childrensParents,
    parents: parts.parents ?? false,
    parentsDepth: parts.parentsDepth,
    children,
    childrenDepth: parts.childrenDepth,
    indirect: parts.indirect,
  };
}

function knownMethod(method: string, raw: string): MethodName {
  const known = METHOD_NAMES.find((name) => name === method);
  return known ?? refuse(unknownMethod({ method, raw, near: nearest(method, METHOD_NAMES), methods: METHOD_NAMES }));
}

/** A value with a path separator is a path, one that ends like a file is a file, all others are names. */
function defaultMethod(value: string): MethodName {
  if (value.includes('/') || (process.platform === 'win32' && value.includes('\\'))) return 'path';
  return /\.(sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}
