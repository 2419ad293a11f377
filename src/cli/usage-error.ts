/** A command line that cannot be understood: told on stderr, exit code 2. */
export class UsageError extends Error {
  /** `xform build`, or `xform` where no command was recognised. */
  readonly command: string;
  constructor(command: string, message: string) {
    super(message);
    this.name = 'UsageError';
    this.command = command;
  }
}

/** The text of a usage error, in the form that programs wrapping dbt look for. */
export function usageText(command: string, message: string): string {
  const usage = command === 'xform' ? 'xform [OPTIONS] COMMAND [ARGS]...' : `${command} [OPTIONS]`;
  return `Usage: ${usage}\nTry '${command} --help' for help.\n\nError: ${message}\n`;
}
