/** Tells how far a zone is from UTC at an instant, in seconds. Offsets change on the quarter hour at the finest. */
export type OffsetAt = (epochSeconds: number) => number;

const quarter = 900;

/** The offsets of one zone, as ICU and the tz database name it. An unknown zone counts as UTC. */
export function zoneOffsets(zone: string): OffsetAt {
  if (/^(etc\/)?(utc|gmt|zulu|universal)$/i.test(zone)) return () => 0;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return () => 0;
  }
  const known = new Map<number, number>();
  return (epochSeconds) => {
    const slot = Math.floor(epochSeconds / quarter);
    let offset = known.get(slot);
    if (offset === undefined) {
      const name =
        format.formatToParts(slot * quarter * 1000).find((part) => part.type === 'timeZoneName')?.value ?? '';
      const [, sign, hours, minutes, seconds] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
      offset = sign
        ? (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * (sign === '-' ? -1 : 1)
        : 0;
      known.set(slot, offset);
    }
    return offset;
  };
}

/** An offset as ISO writes it: `+01:00`. */
export function offsetText(seconds: number): string {
  const absolute = Math.abs(seconds);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = absolute % 60 ? `:${two(absolute % 60)}` : '';
  return `${seconds < 0 ? '-' : '+'}${two(absolute / 3600)}:${two((absolute % 3600) / 60)}${rest}`;
}
