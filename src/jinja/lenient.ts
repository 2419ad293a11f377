import { Undefined, type Value } from './value.ts';

/**
 * What a missing name is while a project is parsed: attributes, items and calls of it are missing in turn instead of
 * errors, since much of what a template uses exists only at run.
 */
export class LenientUndefined extends Undefined {
  override getAttr(name: string): Value {
    return new LenientUndefined(name, this.hint);
  }
  override getItem(): Value {
    return this;
  }
}
