import { PyFloat } from '../jinja/index.ts';

/** Where something stands in nested data. */
export type DataPath = readonly string[];

type Data = Record<string, unknown>;

/** The places of floats that are whole numbers: JSON has `1` for `1.0`, a template does not. */
export function wholeFloats(data: object): readonly DataPath[] {
  const found: DataPath[] = [];
  const path: string[] = [];
  const look = (value: object): void => {
    if (value instanceof PyFloat) {
      found.push([...path]);
      return;
    }
    for (const key in value) {
      const item = (value as Data)[key];
      if (typeof item !== 'object' || item === null) continue;
      path.push(key);
      look(item);
      path.pop();
    }
  };
  look(data);
  return found;
}

/** Makes the numbers at these places floats again. */
export function restoreFloats(data: object, places: readonly DataPath[]): void {
  for (const place of places) {
    const last = place.at(-1)!;
    const holder = place.slice(0, -1).reduce((value, key) => value[key] as Data, data as Data);
    holder[last] = new PyFloat(Number(holder[last]));
  }
}
