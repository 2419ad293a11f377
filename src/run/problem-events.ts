import type { Diagnostic } from '../core/index.ts';
import type { EventDraft } from './event-line.ts';
import { warning } from './session-events.ts';

/** dbt's names and codes for what it warns of as well, by our code or by how a big seed stands. */
const EVENTS: Readonly<Record<string, readonly [name: string, code: string]>> = {
  XF1002: ['DuplicateYAMLKeysDeprecation', 'D024'],
  XF1055: ['CustomTopLevelKeyDeprecation', 'D025'],
  XF1060: ['UnusedResourceConfigPath', 'I051'],
  XF4010: ['NoNodeForYamlKey', 'I058'],
  XF4027: ['FreshnessConfigProblem', 'I073'],
  XF5021: ['UnversionedBreakingChange', 'I071'],
  grown: ['SeedIncreased', 'I052'],
  'same path': ['SeedExceedsLimitSamePath', 'I053'],
  moved: ['SeedExceedsLimitAndPathChanged', 'I054'],
};

/** A warning of something that is wrong with the project; `text` is how it is put to the user. */
export function problemWarning(problem: Diagnostic, text: string): EventDraft {
  const [name, code] = EVENTS[problem.code] ?? EVENTS[String(problem.data.how)] ?? ['Note', 'Z050'];
  return { name, code, level: 'warn', message: warning(text), data: problem.data };
}
