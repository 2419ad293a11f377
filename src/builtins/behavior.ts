import type { BehaviorSwitch } from '../adapter/index.ts';
import { DiagnosticError, nearest, type WarningFate } from '../core/index.ts';
import { PyObject, type Value } from '../jinja/index.ts';
import { raised, unknownBehavior } from './diagnostics.ts';

/** What `adapter.behavior` stands on. */
export interface BehaviorHost {
  readonly switches: readonly BehaviorSwitch[];
  /** What the project itself says. */
  readonly set: Readonly<Record<string, boolean>>;
  /** Tells the user that macros go the old way, unless that is silenced or counts as an error. */
  warn(message: string, flag: BehaviorSwitch): WarningFate;
}

/** `adapter.behavior`: a value for each switch there is, and an error for every other name. */
export class BehaviorValue extends PyObject {
  readonly typeName = 'Behavior';
  readonly #switches: ReadonlyMap<string, SwitchValue>;
  constructor(host: BehaviorHost) {
    super();
    this.#switches = new Map(host.switches.map((flag) => [flag.name, new SwitchValue(flag, host)]));
  }
  override getAttr(name: string): Value {
    const found = this.#switches.get(name);
    if (found) return found;
    throw new DiagnosticError(unknownBehavior({ name, near: nearest(name, [...this.#switches.keys()]) }));
  }
}

/** One switch: true where it is on. To ask is to be told that it is off, once in a command; `no_warn` only answers. */
class SwitchValue extends PyObject {
  readonly typeName = 'BehaviorFlagRendered';
  readonly #flag: BehaviorSwitch;
  readonly #host: BehaviorHost;
  readonly #isOn: boolean;
  #told = false;
  constructor(flag: BehaviorSwitch, host: BehaviorHost) {
    super();
    this.#flag = flag;
    this.#host = host;
    this.#isOn = host.set[flag.name] ?? flag.default;
  }
  override truthy(): boolean {
    if (!this.#isOn && !this.#told) this.#tell();
    return this.#isOn;
  }
  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.#flag.name;
      case 'no_warn':
        return this.#isOn;
      case 'setting':
        return this.truthy();
      case 'fired':
        return this.#told;
      default:
        return undefined;
    }
  }
  #tell(): void {
    this.#told = true;
    const { name, docs } = this.#flag;
    const message = `The behavior controlled by \`${name}\` is turned off: set \`${name}: true\` under \`flags:\` of dbt_project.yml for the new one.${docs ? ` See ${docs}` : ''}`;
    if (this.#host.warn(message, this.#flag) === 'error')
      throw new DiagnosticError(raised({ message, category: 'Compilation' }));
  }
}
