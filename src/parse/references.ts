import type { Draft } from './draft.ts';
import { parseScope } from './names.ts';
import { type Patch, patchSpan } from './patch.ts';
import { Recording } from './recording.ts';
import { problemsOf } from './render-node.ts';
import { renderText } from './yaml-render.ts';

/**
 * The references of a list such as `[ref('orders'), source('shop', 'raw')]`, written in YAML as bare calls.
 * @param at place of the list, for errors
 */
export function referencesOf(draft: Draft, patch: Patch, calls: readonly unknown[], key: string): Recording {
  const recording = new Recording();
  const subject = { package: patch.package, name: patch.name, node: {}, this: null };
  const scope = parseScope(draft, subject, recording);
  for (const [i, call] of calls.entries()) {
    if (typeof call !== 'string') continue;
    const at = () => patchSpan(patch, key, i);
    try {
      renderText(call.includes('{{') ? call : `{{ ${call} }}`, scope, patch.file.shown);
    } catch (error) {
      draft.problems.push(...problemsOf(error).map((problem) => ({ ...problem, at: at() })));
    }
    for (const asked of [...recording.refs, ...recording.sources, ...recording.metrics]) {
      if (asked.at.start <= call.length + 6) Object.assign(asked, { at: at() });
    }
  }
  return recording;
}
