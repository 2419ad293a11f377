import { DiagnosticError, nearest } from '../core/index.ts';
import { PyFunction, type Runtime, type Value } from '../jinja/index.ts';
import { missingVar } from './diagnostics.ts';
import { plainFunction, signature } from './signature.ts';

/** Where `var` looks, in order of precedence. */
export interface VarHost {
  /** The node or file that asks, for messages. */
  readonly asker: string;
  /** The value, or undefined where no layer has the name. */
  find(name: string): Value | undefined;
  /** Every name there is, for "did you mean". */
  names(): Iterable<string>;
  onRead?(name: string): void;
  /** Renders a value that is itself a template. */
  render?(text: string): Value;
}

const bind = signature('var', ['var_name', 'default?']);

/** `var(name, default)`, with `var.has_var(name)`. */
export class VarFunction extends PyFunction {
  readonly #host: VarHost;
  constructor(host: VarHost) {
    super('var', (args, kwargs, runtime) => {
      const [name, fallback] = bind(args, kwargs);
      const wanted = String(name);
      host.onRead?.(wanted);
      const value = host.find(wanted);
      if (value !== undefined)
        return host.render && typeof value === 'string' && value.includes('{{') ? host.render(value) : value;
      if (fallback !== undefined) return fallback;
      throw missing(host, wanted, runtime);
    });
    this.#host = host;
  }
  override getAttr(name: string): Value | undefined {
    if (name !== 'has_var') return undefined;
    return plainFunction('has_var', ['var_name'], ([wanted]) => this.#host.find(String(wanted)) !== undefined);
  }
}

function missing(host: VarHost, name: string, runtime: Runtime): DiagnosticError {
  const known = [...host.names()].sort();
  return new DiagnosticError(
    missingVar({ name, asker: host.asker, known, near: nearest(name, known) }, { at: runtime.here() }),
  );
}
