import type { CommandName } from './command.ts';
import type { GivenFlags } from './flags.ts';

/** The outside world as one command sees it. Tests and embedding programs pass their own. */
export interface Io {
  /** Absolute path the user stands in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether stdout is a terminal; colours and the live status line need one. */
  readonly isTTY: boolean;
  /** Width of the terminal, 80 where there is none. */
  readonly columns: number;
  /**
   * Aborted by the first Ctrl-C from the first call on. Before it nothing is under way that must be broken off, and Ctrl-C
   * ends the process at once, even where a template keeps it busy.
   */
  readonly signal: () => AbortSignal;
  /** Asks the user one question; undefined where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Runs one command to its end. 0: done; 1: a node, test or check failed; 2: the command could not be carried out. */
export type Execute = (command: CommandName, given: GivenFlags, io: Io) => Promise<{ readonly exitCode: 0 | 1 | 2 }>;
