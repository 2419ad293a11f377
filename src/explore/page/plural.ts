/** A word for several, as far as kinds of resources need it. */
export const plural = (word: string, count = 2): string =>
  count === 1 || word.includes(' in ')
    ? word
    : word.endsWith('sis')
      ? `${word.slice(0, -2)}es`
      : `${word.replace(/y$/, 'ie')}s`;
