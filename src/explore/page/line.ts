type Point = readonly [x: number, y: number];

/** A line from the right of one box to the left of another, along flat stretches between them; round where it bends. */
export function smooth(
  start: Point,
  route: readonly (readonly [from: number, to: number, y: number])[],
  end: Point,
): string {
  let path = `M${round(start[0])} ${round(start[1])}`;
  let [x, y] = start;
  for (const [from, to, at] of route) {
    path += curve(x, y, from, at);
    if (to !== from) path += `H${round(to)}`;
    [x, y] = [to, at];
  }
  return path + curve(x, y, end[0], end[1]);
}

function curve(x: number, y: number, toX: number, toY: number): string {
  if (Math.abs(y - toY) < 0.5 && toX >= x) return `H${round(toX)}`;
  // Backwards, and between neighbours, the handles reach further out, so that the line leaves its box before it turns.
  const reach = toX > x ? Math.min((toX - x) / 2, 140) : 90;
  return `C${round(x + reach)} ${round(y)} ${round(toX - reach)} ${round(toY)} ${round(toX)} ${round(toY)}`;
}

/** A line between two boxes of one layer: an arc on their right, the wider the farther they are from one another. */
export function arc([x, y]: Point, [toX, toY]: Point): string {
  const right = Math.max(x, toX) + 24 + Math.min(70, Math.abs(toY - y) * 0.12);
  return `M${round(x)} ${round(y)}C${round(right)} ${round(y)} ${round(right)} ${round(toY)} ${round(toX)} ${round(toY)}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
