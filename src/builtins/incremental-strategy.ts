import { DiagnosticError } from '../core/index.ts';
import type { Runtime, Value } from '../jinja/index.ts';
import type { AdapterHost } from './adapter-host.ts';
import { raised } from './diagnostics.ts';
import type { MacroScope } from './macros.ts';

/** Strategies that dbt itself knows; others are macros of the user's. */
const KNOWN_STRATEGIES = ['append', 'delete+insert', 'merge', 'insert_overwrite', 'microbatch'];

/** The macro that writes the SQL of an incremental strategy. Throws where the warehouse or the project has none. */
export function strategyMacro(
  host: Pick<AdapterHost, 'type' | 'strategies'>,
  macros: MacroScope,
  strategy: string,
  runtime: Runtime,
): Value {
  const fail = (message: string): never => {
    throw new DiagnosticError({
      ...raised({ message, category: 'Runtime' }, { at: runtime.here() }),
      category: 'Runtime',
    });
  };
  if (KNOWN_STRATEGIES.includes(strategy) && !host.strategies.includes(strategy)) {
    return fail(
      `The incremental strategy '${strategy}' is not valid for this adapter. ${host.type} has: ${host.strategies.join(', ')}`,
    );
  }
  const name = `get_incremental_${strategy.replaceAll('+', '_')}_sql`;
  return macros.lookup(name) ?? fail(`dbt could not find an incremental strategy macro with the name "${name}"`);
}
