import { effect, signal } from '@preact/signals';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'xform-theme';

/** Light or dark; as the reader's system has it unless said otherwise. */
export const theme = signal<Theme>(remembered());

/** Shows and remembers the theme. */
export function startTheme(): void {
  effect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    try {
      localStorage.setItem(KEY, theme.value);
    } catch {
      // A page from a folder may be allowed to remember nothing.
    }
  });
}

function remembered(): Theme {
  try {
    const said = localStorage.getItem(KEY);
    return THEMES.find((name) => name === said) ?? 'system';
  } catch {
    return 'system';
  }
}
