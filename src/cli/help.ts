import { belongsTo, type FlagRow, flagTable } from '../core/index.ts';
import type { CommandSpec } from './command-spec.ts';

const width = 100;
const indent = 32;

/** Help of xform itself. */
export function programHelp(commands: readonly CommandSpec[]): string {
  const names = commands.map((command) =>
    entry([command.name, ...(command.aliases ?? [])].join(', '), command.summary),
  );
  return [
    'Usage: xform [OPTIONS] COMMAND [ARGS]...',
    '',
    '  Runs SQL transformation projects written for dbt. Options may stand before or after the command.',
    '',
    'Commands:',
    ...names,
    '',
    'Common options:',
    ...common().map(option),
    entry('-v, --version', 'Print the version'),
    entry('-h, --help', 'Print this, or the help of a command'),
    '',
    "'xform COMMAND --help' tells the options of a command.",
    '',
  ].join('\n');
}

/** Help of one command. */
export function commandHelp(command: CommandSpec): string {
  const argument = command.argument === undefined ? '' : ` [${command.argument.name.toUpperCase()}]`;
  const own = flagTable.filter((row) => !row.hidden && row.commands !== 'all' && belongsTo(row, command.name));
  return [
    `Usage: xform ${command.name} [OPTIONS]${argument}`,
    '',
    `  ${command.summary}.`,
    ...(command.about === undefined ? [] : [`  ${command.about}`]),
    '',
    ...(own.length === 0 ? [] : ['Options:', ...own.map(option), '']),
    "Common options, explained by 'xform --help':",
    ...wrapped(common().map(longName)),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

function common(): readonly FlagRow[] {
  return flagTable.filter((row) => !row.hidden && row.commands === 'all');
}

const placeholders = {
  boolean: '',
  string: ' TEXT',
  int: ' N',
  list: ' NAME...',
  yaml: ' YAML',
  path: ' PATH',
  time: ' TIME',
  sample: ' WINDOW',
} as const;

/** `--[no-]print` */
function longName(row: FlagRow): string {
  const long = row.flags[0]!;
  return row.no.length > 0 ? long.replace('--', '--[no-]') : long;
}

function option(row: FlagRow): string {
  const short = row.flags.find((flag) => !flag.startsWith('--'));
  const spelled = longName(row);
  const value = row.choices === undefined || row.kind === 'list' ? placeholders[row.kind] : ` ${row.choices.join('|')}`;
  return entry(`${short === undefined ? '' : `${short}, `}${spelled}${value}`, row.help);
}

/** Words in lines of at most `room` characters. */
function fill(words: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function wrapped(words: readonly string[]): readonly string[] {
  return fill(words, width - 2).map((line) => `  ${line}`);
}

/** Name on the left, text on the right, wrapped; a long name gets a line of its own. */
function entry(name: string, text: string): string {
  const lines = fill(text.split(' '), width - indent);
  const left = `  ${name}`;
  if (left.length > indent - 2) return [left, ...lines.map((part) => ' '.repeat(indent) + part)].join('\n');
  return [left.padEnd(indent) + lines[0], ...lines.slice(1).map((part) => ' '.repeat(indent) + part)].join('\n');
}
