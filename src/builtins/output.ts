import type { WarningFate } from '../core/index.ts';
import type { PyFunction, Value } from '../jinja/index.ts';
import { str } from '../jinja/index.ts';
import { plainFunction } from './signature.ts';

/** Takes what templates say to the user. */
export interface OutputHost {
  /** @param visible true for `log(info=true)`: shown on the console, else only in the log file. */
  log(message: string, visible: boolean): void;
  print(message: string): void;
  /** Tells a warning, unless it is silenced or counts as an error. */
  warn(message: string): WarningFate;
}

/** `log(msg, info=False)`. */
export function logFunction(host: OutputHost): PyFunction {
  return plainFunction('log', ['msg', 'info?'], ([message, info]): Value => {
    host.log(str(message!), info === true);
    return '';
  });
}

/** `print(msg)`: goes to standard output whatever the log level, unless `--no-print`. */
export function printFunction(host: OutputHost): PyFunction {
  return plainFunction('print', ['msg'], ([message]): Value => {
    host.print(str(message!));
    return '';
  });
}
