import type { Diagnostic } from '../core/index.ts';
import type { EventDraft } from './event-line.ts';
import { warning } from './session-events.ts';

/** dbt's names and codes for what comparing with a state can warn of, by our code or by how a big seed stands. */
const EVENTS: Readonly<Record<string, readonly [name: string, code: string]>> = {
  XF5021: ['UnversionedBreakingChange', 'I071'],
  grown: ['SeedIncreased', 'I052'],
  'same path': ['SeedExceedsLimitSamePath', 'I053'],
  moved: ['SeedExceedsLimitAndPathChanged', 'I054'],
};

/** Something that came to light when the project was compared with a state; `text` is how it is put to the user. */
export function stateWarning(problem: Diagnostic, text: string): EventDraft {
  const [name, code] = EVENTS[problem.code] ?? EVENTS[String(problem.data.how)] ?? ['Note', 'Z050'];
  return { name, code, level: 'warn', message: warning(text), data: problem.data };
}
