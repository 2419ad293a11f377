/** Edges in a flat list, three numbers each, found by one of their ends. */
export class EdgeIndex {
  readonly #edges: readonly number[];
  readonly #starts: Int32Array;
  readonly #order: Int32Array;

  /** @param end which of the three numbers to find by; @param size how many different ones there are */
  constructor(edges: readonly number[], end: 0 | 1, size: number) {
    this.#edges = edges;
    this.#starts = new Int32Array(size + 1);
    for (let at = end; at < edges.length; at += 3) this.#starts[edges[at]! + 1]! += 1;
    for (let i = 0; i < size; i++) this.#starts[i + 1]! += this.#starts[i]!;
    const next = this.#starts.slice();
    this.#order = new Int32Array(edges.length / 3);
    for (let at = 0; at < edges.length; at += 3) this.#order[next[edges[at + end]!]!++] = at;
  }

  /** Places in the list where the edges of one end begin. */
  at(number: number): Int32Array {
    return this.#order.subarray(this.#starts[number]!, this.#starts[number + 1]!);
  }

  /** The edge at a place. */
  edge(place: number): { readonly from: number; readonly to: number; readonly kinds: number } {
    return { from: this.#edges[place]!, to: this.#edges[place + 1]!, kinds: this.#edges[place + 2]! };
  }
}
