import { big, isInt } from './numbers.ts';
import { PyObject, type Value } from './value.ts';

/** Python's range: measured and indexed without being written out. */
export class PyRange extends PyObject {
  readonly typeName = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
  override size(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
  override *iterate(): Iterable<Value> {
    const size = this.size();
    for (let i = 0; i < size; i++) yield this.start + i * this.step;
  }
  override contains(item: Value): boolean {
    const value = isInt(item) ? Number(big(item)) : item instanceof PyObject ? item.hashKey() : Number.NaN;
    if (typeof value !== 'number') return false;
    const place = (value - this.start) / this.step;
    return Number.isInteger(place) && place >= 0 && place < this.size();
  }
  override getItem(key: Value): Value | undefined {
    if (!isInt(key)) return undefined;
    const size = this.size();
    const place = Number(key) < 0 ? Number(key) + size : Number(key);
    return place >= 0 && place < size ? this.start + place * this.step : undefined;
  }
  /** The part between two places, as slicing takes it. */
  override slice(start: number, stop: number, step: number): PyRange {
    return new PyRange(this.start + start * this.step, this.start + stop * this.step, this.step * step);
  }
  override getAttr(name: string): Value | undefined {
    return name === 'start' || name === 'stop' || name === 'step' ? this[name] : undefined;
  }
  override equals(other: Value): boolean {
    if (!(other instanceof PyRange)) return false;
    const size = this.size();
    if (size !== other.size()) return false;
    return size === 0 || (this.start === other.start && (size === 1 || this.step === other.step));
  }
  override hashKey(): unknown {
    const size = this.size();
    return `\u0000r${size}:${size ? this.start : ''}:${size > 1 ? this.step : ''}`;
  }
  override repr(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? '' : `, ${this.step}`})`;
  }
}
