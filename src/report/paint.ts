/** A colour of a terminal. */
export type Color = 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'bold' | 'dim';

/** Colours text, or leaves it alone. */
export type Paint = (color: Color, text: string) => string;

const codes: Readonly<Record<Color, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  cyan: 36,
  bold: 1,
  dim: 2,
};

/** A painter that paints, or one that only passes text through. */
export function painter(colors: boolean): Paint {
  return colors ? (color, text) => `\u001b[${codes[color]}m${text}\u001b[0m` : (_color, text) => text;
}

/**
 * Whether to colour. What the user said counts (`explicit`: from the command line, environment or project); where
 * nothing was said, colours are for terminals, and not where NO_COLOR is set.
 */
export function wantsColors(choice: {
  readonly useColors: boolean;
  readonly explicit: boolean;
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}): boolean {
  if (choice.explicit || !choice.useColors) return choice.useColors;
  return choice.isTTY && !choice.env.NO_COLOR;
}
