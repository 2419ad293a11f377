import type { MacroNode, Manifest } from '../artifacts/index.ts';

const lineEnds = /\r\n?/g;
const textOf = (macro: MacroNode): string =>
  macro.macro_sql.includes('\r') ? macro.macro_sql.replace(lineEnds, '\n') : macro.macro_sql;

type Calling = { readonly depends_on?: { readonly macros?: readonly (string | null)[] } };

/**
 * Which macros changed, and who reaches them. The macros that come with xform or dbt and with adapters are left out:
 * they change with every version and from one program to the other, and no node is another for that.
 */
export class MacroChanges {
  readonly #now: Manifest;
  readonly #then: Manifest;
  readonly #isInternal: (packageName: string) => boolean;
  readonly #verdicts = new Map<string, boolean>();
  #changed: ReadonlySet<string> | undefined;
  #known: ReadonlySet<string> | undefined;

  constructor(now: Manifest, then: Manifest, isInternal: (packageName: string) => boolean) {
    this.#now = now;
    this.#then = then;
    this.#isInternal = isInternal;
  }

  /** Whether a node calls, directly or through others, a macro that is new or says something else. */
  reaches(now: Calling, then: Calling | undefined): boolean {
    return this.#anyChanged(now) || (then !== undefined && this.#lost(then));
  }

  /** Whether the text of most macros that come with the program is the same in both: one program wrote both. */
  sameProgram(): boolean {
    let same = 0;
    let other = 0;
    for (const [id, macro] of Object.entries(this.#now.macros)) {
      if (macro.package_name !== 'dbt') continue;
      const then = this.#then.macros[id];
      if (then && textOf(then) === textOf(macro)) same++;
      else other++;
    }
    return same > other;
  }

  /**
   * A macro that the node called is gone, and its package is not: something else answers to the name now. Packages that
   * are gone altogether may have come with another adapter.
   */
  #lost(then: Calling): boolean {
    return (then.depends_on?.macros ?? []).some((id) => {
      const before = id === null ? undefined : this.#then.macros[id];
      if (before === undefined || this.#now.macros[id!] !== undefined) return false;
      return !this.#isInternal(before.package_name) && this.#packages().has(before.package_name);
    });
  }

  #packages(): ReadonlySet<string> {
    this.#known ??= new Set(Object.values(this.#now.macros).map((macro) => macro.package_name));
    return this.#known;
  }

  #anyChanged(caller: Calling): boolean {
    if (!this.#changes().size) return false;
    return (caller.depends_on?.macros ?? []).some((id) => id !== null && this.#leadsToChange(id));
  }

  #leadsToChange(id: string): boolean {
    const known = this.#verdicts.get(id);
    if (known !== undefined) return known;
    // All that is reached from here, without recursion: chains of macros can be long, and they can go in circles.
    const reached = new Set([id]);
    for (const next of reached) {
      if (this.#changes().has(next) || this.#verdicts.get(next) === true) {
        this.#verdicts.set(id, true);
        return true;
      }
      for (const called of this.#now.macros[next]?.depends_on.macros ?? []) reached.add(called);
    }
    for (const unchanged of reached) this.#verdicts.set(unchanged, false);
    return false;
  }

  #changes(): ReadonlySet<string> {
    if (this.#changed) return this.#changed;
    const changed = new Set<string>();
    for (const [id, macro] of Object.entries(this.#now.macros)) {
      if (this.#isInternal(macro.package_name)) continue;
      const then = this.#then.macros[id];
      if (!then || textOf(then) !== textOf(macro)) changed.add(id);
    }
    this.#changed = changed;
    return changed;
  }
}
