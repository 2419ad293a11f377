import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './yaml-file.ts';

/** Says whether a path (relative to the project, with `/`) is to be left out. */
export type Ignored = (path: string) => boolean;

/** Reads the .dbtignore of a project, whose lines have the syntax of .gitignore; undefined without one. */
export function readIgnoreFile(root: string): Ignored | undefined {
  const path = join(root, '.dbtignore');
  return existsSync(path) ? parseIgnore(readText(path, '.dbtignore')) : undefined;
}

/** The rule that the lines of an ignore file make. The last line that matches decides. */
export function parseIgnore(text: string): Ignored {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const pattern = line.startsWith('\\#') ? line.slice(1) : line.startsWith('#') ? '' : line;
    const trimmed = pattern.replace(/(?<!\\)\s+$/, '');
    if (trimmed === '' || trimmed === '!' || trimmed === '/') return [];
    const negated = trimmed.startsWith('!');
    return [{ negated, expression: expressionOf(negated ? trimmed.slice(1) : trimmed) }];
  });
  return (path) => {
    for (let i = rules.length - 1; i >= 0; i--) if (rules[i]!.expression.test(path)) return !rules[i]!.negated;
    return false;
  };
}

function expressionOf(pattern: string): RegExp {
  const folder = pattern.endsWith('/');
  const body = pattern.replace(/\/+$/, '');
  // A slash anywhere but at the end ties the pattern to the root.
  const anchored = body.includes('/');
  let source = '';
  const steps = body.replace(/^\//, '').split('/');
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    if (step === '**') source += last ? '.+' : '(?:[^/]+/)*';
    else source += stepSource(step) + (last ? '' : '/');
  }
  const end = folder ? '/.*$' : '(?:/.*)?$';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}${end}`, 's');
}

function stepSource(step: string): string {
  return step.replace(/\\(.)|\*+|\?|\[(!?)((?:\\.|[^\]\\])+)\]|[.+^${}()|[\]\\]/g, (match, escaped, not, set) => {
    if (escaped !== undefined) return literal(escaped as string);
    if (set !== undefined) return `[${not ? '^' : ''}${(set as string).replace(/[[^]/g, '\\$&')}]`;
    if (match === '?') return '[^/]';
    return match.startsWith('*') ? '[^/]*' : literal(match);
  });
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
