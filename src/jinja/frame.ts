import type { MacroFrame, Span } from '../core/index.ts';
import type { Unit } from './unit.ts';

/** A template, macro or call block being run. Generated code keeps `p` at the place it is at. */
export class Frame {
  readonly unit: Unit;
  /** Name of the macro; undefined for a template itself. */
  readonly macro: string | undefined;
  /** Who called. */
  readonly parent: Frame | null;
  /** For a call block: the frame it is written in. */
  readonly definedIn: Frame | null;
  readonly depth: number;
  p = 0;
  /** The output of the frame. */
  readonly trace: Trace;

  constructor(unit: Unit, macro: string | undefined, parent: Frame | null, definedIn: Frame | null) {
    this.unit = unit;
    this.macro = macro;
    this.parent = parent;
    this.definedIn = definedIn;
    this.depth = parent === null ? 0 : parent.depth + 1;
    this.trace = new Trace(this);
  }

  /** The place it is at, and the macro calls that led there. A call block counts as part of what it is written in. */
  span(): Span {
    const via: MacroFrame[] = [];
    let innermost: Span | undefined;
    let origin: Span | undefined;
    for (let frame: Frame | null = this; frame !== null; ) {
      const at: Span = frame.unit.span(frame.p);
      innermost ??= at;
      let owner: Frame = frame;
      while (owner.definedIn !== null) owner = owner.definedIn;
      if (owner.macro === undefined) origin = at;
      else via.unshift({ macro: owner.macro, file: at.file, start: at.start, end: at.end });
      frame = owner.parent;
    }
    return withVia(innermost!, via, origin);
  }
}

/** A span with the macro calls before it; `origin` is where the first of them stands in the node's own file. */
export function withVia(span: Span, via: readonly MacroFrame[], origin: Span | undefined): Span {
  if (via.length === 0) return span;
  return origin === undefined
    ? { ...span, via }
    : { ...span, via, origin: { file: origin.file, start: origin.start, end: origin.end } };
}

/** Where pieces of a text came from: pairs of offset in the text and place, and the texts taken over whole. */
export class Trace {
  readonly frame: Frame;
  readonly points: number[] = [];
  #nested: Map<number, Trace> | undefined;

  constructor(frame: Frame) {
    this.frame = frame;
  }
  /** The piece begun last has a trace of its own. */
  nest(trace: Trace): void {
    this.#nested ??= new Map();
    this.#nested.set(this.points.length / 2 - 1, trace);
  }
  nestedAt(piece: number): Trace | undefined {
    return this.#nested?.get(piece);
  }
}
