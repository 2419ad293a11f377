/** Text without secrets. */
export type Scrub = (text: string) => string;

/** The values that must never be printed: variables that dbt's naming rule declares secret. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('DBT_ENV_SECRET') && value?.trim()) secrets.push(value);
  }
  return secrets;
}

/** Whether a secret of a profile is long enough not to be found inside of ordinary words. */
export const canBeHidden = (secret: string): boolean => secret.length > 2;

/** Replaces every secret by `*****`, also where JSON escaped it. */
export function scrubber(secrets: readonly string[]): Scrub {
  const forms = new Set<string>();
  for (const secret of secrets) {
    forms.add(secret);
    forms.add(JSON.stringify(secret).slice(1, -1));
  }
  if (forms.size === 0) return (text) => text;
  // Longest first, so that a secret that contains another disappears as a whole.
  const pattern = new RegExp(
    [...forms]
      .sort((a, b) => b.length - a.length)
      .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
    'g',
  );
  return (text) => text.replace(pattern, '*****');
}
