import type { CommandName, FlagName } from '../core/index.ts';

/** What the command line needs to know of one command; its options come from the flag table. */
export interface CommandSpec {
  readonly name: CommandName;
  readonly aliases?: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  /** More, for the command's own help. */
  readonly about?: string;
  /** A word without dashes that the command takes, and the flag it fills. */
  readonly argument?: { readonly name: string; readonly flag: FlagName };
  readonly examples: readonly string[];
}
