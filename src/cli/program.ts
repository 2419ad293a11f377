import { Command, CommanderError, Option } from 'commander';
import {
  belongsTo,
  type CommandName,
  type FlagName,
  type FlagRow,
  flagTable,
  type GivenFlags,
  nearest,
  snakeCase,
} from '../core/index.ts';
import type { CommandSpec } from './command-spec.ts';
import { commandHelp, programHelp } from './help.ts';
import { UsageError } from './usage-error.ts';

/** A command line that was understood. */
export type Parsed =
  | { readonly command: CommandName; readonly given: GivenFlags; readonly help?: undefined }
  | { readonly help: string };

type Collected = Map<FlagName, unknown>;

/** Reads the arguments behind `xform`. Throws a UsageError where they make no sense. */
export function parseArguments(argv: readonly string[], commands: readonly CommandSpec[]): Parsed {
  let parsed: Parsed | undefined;
  const before: Collected = new Map();
  const root = quiet(new Command('xform'));
  // Without this, commander would take an option behind the command for one before it.
  root.enablePositionalOptions().helpCommand(false).helpOption('-h, --help');
  addOptions(
    root,
    flagTable.filter((row) => row.commands === 'all'),
    before,
  );
  root.argument('[command]').action((word: string | undefined) => {
    if (word !== undefined) throw noSuchCommand(word, commands);
    parsed = { help: programHelp(commands) };
  });
  root.allowExcessArguments();

  for (const spec of commands) {
    const after: Collected = new Map();
    const command = quiet(parentOf(root, spec.name).command(spec.name.split(' ').at(-1)!));
    command
      .aliases(spec.aliases ?? [])
      .helpOption('-h, --help')
      .allowExcessArguments();
    addOptions(
      command,
      flagTable.filter((row) => belongsTo(row, spec.name)),
      after,
    );
    command.action(() => {
      const words = command.args;
      const extra = words.slice(spec.argument === undefined ? 0 : 1);
      if (extra.length > 0) {
        const plural = extra.length > 1 ? 's' : '';
        throw new UsageError(`xform ${spec.name}`, `Got unexpected extra argument${plural} (${extra.join(' ')})`);
      }
      if (spec.argument !== undefined && words[0] !== undefined) after.set(spec.argument.flag, words[0]);
      parsed = {
        command: spec.name,
        given: {
          ...merge(before, after, spec.name),
          invocationCommand: ['xform', ...argv].join(' '),
        },
      };
    });
  }

  try {
    root.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const spec = mentioned(argv, commands);
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') {
      return { help: spec === undefined ? programHelp(commands) : commandHelp(spec) };
    }
    // Commander looks at the options of an unknown command first.
    const word = root.args[0];
    if (spec === undefined && word !== undefined && !word.startsWith('-')) throw noSuchCommand(word, commands);
    throw usageErrorOf(error, spec);
  }
  return parsed ?? { help: programHelp(commands) };
}

/** Commander neither prints nor exits: that is for the caller to do. */
function quiet(command: Command): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
}

/** `docs generate` stands under a command `docs`. */
function parentOf(root: Command, name: CommandName): Command {
  const [group, second] = name.split(' ');
  if (second === undefined) return root;
  return root.commands.find((command) => command.name() === group) ?? quiet(root.command(group!));
}

function addOptions(command: Command, rows: readonly FlagRow[], into: Collected): void {
  for (const row of rows) {
    const value = row.kind === 'boolean' ? '' : row.kind === 'list' ? ' <words...>' : ' <value>';
    row.flags.forEach((long, n) => {
      if (!long.startsWith('--')) return;
      // In the table a short spelling stands behind its long one.
      const next = row.flags[n + 1];
      const short = next === undefined || next.startsWith('--') ? '' : `${next}, `;
      const option = new Option(`${short}${long}${value}`);
      command.addOption(option);
      command.on(`option:${option.name()}`, (text: unknown) => collect(row, text, into));
    });
    for (const no of row.no) {
      const option = new Option(no);
      command.addOption(option);
      command.on(`option:${option.name()}`, () => into.set(row.name, false));
    }
  }
}

function collect(row: FlagRow, text: unknown, into: Collected): void {
  if (row.kind === 'boolean') into.set(row.name, true);
  else if (row.kind === 'list') {
    const words = String(text).split(' ').filter(Boolean);
    into.set(row.name, [...((into.get(row.name) as readonly string[] | undefined) ?? []), ...words]);
  } else into.set(row.name, text);
}

function merge(before: Collected, after: Collected, command: CommandName): GivenFlags {
  for (const name of before.keys()) {
    if (after.has(name)) {
      const said = 'was provided both before and after the subcommand, it can only be set either before or after.';
      throw new UsageError(`xform ${command}`, `${snakeCase(name)} ${said}`);
    }
  }
  return Object.fromEntries([...before, ...after]) as GivenFlags;
}

function noSuchCommand(word: string, commands: readonly CommandSpec[]): UsageError {
  const names = commands.flatMap((command) => [command.name, ...(command.aliases ?? [])]);
  return new UsageError('xform', `No such command '${word}'.${meant(nearest(word, names))}`);
}

/** The command a wrong command line most likely speaks of. */
function mentioned(argv: readonly string[], commands: readonly CommandSpec[]): CommandSpec | undefined {
  for (const [n, word] of argv.entries()) {
    const found = commands.find(({ name, aliases }) => {
      return name === word || name === `${word} ${argv[n + 1]}` || aliases?.includes(word);
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function usageErrorOf(error: CommanderError, spec: CommandSpec | undefined): UsageError {
  const command = spec === undefined ? 'xform' : `xform ${spec.name}`;
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  if (error.code === 'commander.unknownOption') {
    const rows = flagTable.filter((row) => row.commands === 'all' || (spec && belongsTo(row, spec.name)));
    const known = rows.flatMap((row) => [...row.flags, ...row.no]).filter((flag) => flag.startsWith('--'));
    const longer = quoted.length > 3 ? known.find((flag) => flag.startsWith(quoted)) : undefined;
    return new UsageError(command, `No such option '${quoted}'.${meant(longer ?? nearest(quoted, known))}`);
  }
  if (error.code === 'commander.optionMissingArgument') {
    const option = quoted.split(/[ ,<]+/).find((part) => part.startsWith('--')) ?? quoted;
    return new UsageError(command, `Option '${option}' requires an argument.`);
  }
  return new UsageError(command, error.message.replace(/^error: /, ''));
}

function meant(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean '${name}'?`;
}
