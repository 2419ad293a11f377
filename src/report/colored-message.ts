import type { Event } from '../core/index.ts';
import type { Color, Paint } from './paint.ts';

const tagged = /^\[(WARNING|ERROR)\]/;
/** The bracket at the end of a dotted line: status and, where it is over, the time it took. */
const status = /(?<=[. ] )\[([^[\]]+?)( in \d+\.\d\ds)?\]$/;

function statusColor(word: string): Color | undefined {
  if (word === 'RUN') return undefined;
  if (/^(ERROR|FAIL|CANCEL)/.test(word)) return 'red';
  return /^(WARN|SKIP|NO-OP|PARTIAL)/.test(word) ? 'yellow' : 'green';
}

function summaryColor(event: Event): Color {
  if (event.data.keyboard_interrupt === true) return 'yellow';
  if (Number(event.data.num_errors) > 0) return 'red';
  return Number(event.data.num_warnings) > 0 || Number(event.data.num_partial_success) > 0 ? 'yellow' : 'green';
}

/** A line of `xform debug`: `profiles.yml file [OK found and valid]`, `All checks passed!`, `1 check failed:`. */
function coloredCheck(message: string, paint: Paint): string {
  if (message === 'All checks passed!') return paint('green', message);
  if (/^\d+ checks? failed:$/.test(message)) return paint('red', message);
  return message.replace(/(?<= )\[(OK|ERROR)\b([^\]]*)\]/, (_all, word: string, rest: string) => {
    return `[${paint(word === 'OK' ? 'green' : 'red', word + rest)}]`;
  });
}

/** An event's message with dbt's colours: the word in the brackets, the tag of a warning, the final verdict. */
export function coloredMessage(event: Event, message: string, paint: Paint): string {
  if (event.name === 'EndOfRunSummary') return paint(summaryColor(event), message);
  if (tagged.test(message)) {
    return message.replace(tagged, (_all, word: string) => `[${paint(word === 'ERROR' ? 'red' : 'yellow', word)}]`);
  }
  if (event.name === 'DebugCmdOut' || event.name === 'DebugCmdResult') return coloredCheck(message, paint);
  if (!message.endsWith(']')) return message;
  return message.replace(status, (all, word: string, time: string | undefined) => {
    const color = statusColor(word);
    return color === undefined ? all : `[${paint(color, word)}${time ?? ''}]`;
  });
}
