import { diagnostic } from '../core/index.ts';

const didYouMean = (near: string | undefined): string | undefined =>
  near === undefined ? undefined : `Did you mean '${near}'?`;

/** SQL that the parser does not understand. It may still be right: the warehouse has the last word. */
export const notUnderstood = diagnostic<{ reason: string }>('XF3001', {
  category: 'Compilation',
  severity: 'warning',
  message: ({ reason }) => `This SQL could not be understood, so its columns are not known: ${reason}`,
});

/** A column that nothing in reach has. */
export const unknownColumn = diagnostic<{ name: string; source?: string; near?: string; known: readonly string[] }>(
  'XF3002',
  {
    category: 'Compilation',
    message: ({ name, source }) =>
      source === undefined ? `There is no column '${name}' here` : `'${source}' has no column '${name}'`,
    help: ({ near, known, source }) => [
      didYouMean(near),
      near === undefined && known.length > 0
        ? `${source === undefined ? 'The columns here are' : `Columns of '${source}' are`} ${list(known)}.`
        : undefined,
    ],
  },
);

/** A table or alias that is not in the FROM clause. */
export const unknownSource = diagnostic<{ name: string; near?: string; known: readonly string[] }>('XF3003', {
  category: 'Compilation',
  message: ({ name }) => `There is no table or alias '${name}' in the FROM clause`,
  help: ({ near, known }) => [
    didYouMean(near),
    near === undefined && known.length > 0 ? `There are ${list(known)}.` : undefined,
  ],
});

/** A bare name that several tables have. */
export const ambiguousColumn = diagnostic<{ name: string; sources: readonly string[] }>('XF3004', {
  category: 'Compilation',
  message: ({ name, sources }) => `The column '${name}' is ambiguous: ${sources.join(' and ')} have one`,
  help: ({ name, sources }) => [`Say which: ${sources.map((source) => `${source}.${name}`).join(' or ')}.`],
});

/** Two sides of a set operation with different numbers of columns. */
export const unequalSides = diagnostic<{ operation: string; left: number; right: number }>('XF3005', {
  category: 'Compilation',
  message: ({ operation, left, right }) =>
    `The sides of ${operation} have ${left} and ${right} columns: there must be as many on both`,
});

/** A table that is nowhere. */
export const unknownTable = diagnostic<{ name: string; near?: string }>('XF3006', {
  category: 'Compilation',
  message: ({ name }) => `There is no table or CTE '${name}'`,
  help: ({ near }) => [didYouMean(near)],
});

/** A CTE that nothing reads. */
export const unusedCte = diagnostic<{ name: string }>('XF3007', {
  category: 'Compilation',
  severity: 'hint',
  message: ({ name }) => `The CTE '${name}' is never used`,
});

/** A column beside aggregates that is not grouped by. */
export const notGrouped = diagnostic<{ name: string }>('XF3008', {
  category: 'Compilation',
  message: ({ name }) => `'${name}' must be in the GROUP BY clause or inside of an aggregate function`,
});

/** A list of column names that does not fit what it names. */
export const unequalNames = diagnostic<{ name: string; names: number; columns: number }>('XF3009', {
  category: 'Compilation',
  message: ({ name, names, columns }) =>
    `'${name}' is given ${names} column ${names === 1 ? 'name' : 'names'} and has ${columns} ${columns === 1 ? 'column' : 'columns'}`,
});

/** Two CTEs of one name. */
export const duplicateCte = diagnostic<{ name: string }>('XF3010', {
  category: 'Compilation',
  message: ({ name }) => `There are two CTEs named '${name}'`,
});

/** A number in GROUP BY that stands for nothing to group by. */
export const badPlace = diagnostic<{ place: number; columns: number }>('XF3011', {
  category: 'Compilation',
  message: ({ place, columns }) =>
    place > columns || place < 1
      ? `GROUP BY ${place}: the select list has ${columns} ${columns === 1 ? 'column' : 'columns'}`
      : `GROUP BY ${place}: column ${place} of the select list is an aggregate, which cannot be grouped by`,
});

/** Values whose types do not go together. */
export const typeMismatch = diagnostic<{ reason: string }>('XF3012', {
  category: 'Compilation',
  message: ({ reason }) => `The types do not go together: ${reason}`,
  help: () => ['Cast one of them.'],
});

/** A function that the engine does not come with. Somebody may have made it: the warehouse has the last word. */
export const unknownFunction = diagnostic<{ name: string; near?: string }>('XF3013', {
  category: 'Compilation',
  severity: 'warning',
  message: ({ name }) => `No function '${name}' is known`,
  help: ({ near }) => [didYouMean(near)],
});

/** A type that the engine does not come with. Somebody may have made it: the warehouse has the last word. */
export const unknownType = diagnostic<{ name: string; near?: string }>('XF3014', {
  category: 'Compilation',
  severity: 'warning',
  message: ({ name }) => `No type '${name}' is known`,
  help: ({ near }) => [didYouMean(near)],
});

/** A star over a table whose columns are not known. */
export const unknownStar = diagnostic<{ reason: string }>('XF3015', {
  category: 'Compilation',
  severity: 'hint',
  message: ({ reason }) => `What * stands for is not known: ${reason}`,
  help: ({ reason }) => [
    reason.includes('source') ? '`xform sources pull` asks the warehouse for the columns of the sources.' : undefined,
  ],
});

/** A few of many names. */
const list = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
