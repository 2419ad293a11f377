/** What to do where YAML trips over Jinja that is not in quotes; undefined where it is about something else. */
export function jinjaHint(text: string, at: number): string | undefined {
  // The parser may stop a line after the cause, so the line before counts too.
  for (const line of [lineAt(text, at), lineAt(text, Math.max(0, text.lastIndexOf('\n', at - 1)))]) {
    const match = /(?:^|[:-]\s+|[[,{]\s*)(\{[{%].*)$/.exec(line);
    if (match) return `quote the Jinja expression: "${match[1]!.trimEnd().replaceAll('"', "'")}"`;
  }
  return undefined;
}

/** What to do about the commonest slips of syntax. */
export function syntaxHint(text: string, at: number, reason: string): string | undefined {
  const line = lineAt(text, at);
  if (/^ *\t/.test(line)) return 'indent with spaces, not with tabs';
  if (/:\s+[^'"[{|>&*!].*:(\s|$)/.test(line)) return "put a text that has ': ' in it in quotes";
  if (/[:-]\s+[@`%]/.test(line)) return 'put a text that begins with @, ` or % in quotes';
  if (/[:-]\s+\*/.test(line)) return 'put a text that begins with * in quotes';
  if (reason.includes('quoted scalar')) return 'close the quote';
  if (reason.includes('flow collection')) return 'close the bracket, and put commas between the entries';
  if (reason.includes('indentation')) return 'keys of one mapping must begin in the same column';
  return undefined;
}

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}
