import { Undefined, type Value } from './value.ts';

/**
 * What a missing name is while a project is parsed: attributes, items and calls of it are missing in turn instead of
 * errors, since much of what a template uses exists only at run.
 */
export class LenientUndefined extends Undefined {
  constructor(wanted: string | undefined, hint?: string, path?: string) {
    super(wanted, hint, undefined, path);
  }
  override getAttr(name: string): Value {
    return new LenientUndefined(name, this.hint, this.path === undefined ? undefined : `${this.path}.${name}`);
  }
  override getItem(): Value {
    return this;
  }
}
