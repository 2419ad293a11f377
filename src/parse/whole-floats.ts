import { PyFloat } from '../jinja/index.ts';

/** Where something stands in nested data. */
export type DataPath = readonly (string | number)[];

type Data = Record<string | number, unknown>;

/** The places of floats that are whole numbers: JSON has `1` for `1.0`, a template does not. */
export function wholeFloats(data: object): readonly DataPath[] {
  const found: DataPath[] = [];
  const path: (string | number)[] = [];
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (value instanceof PyFloat) {
      found.push(path.slice(0, depth));
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        path[depth] = i;
        look(value[i], depth + 1);
      }
    } else {
      for (const key in value) {
        path[depth] = key;
        look((value as Data)[key], depth + 1);
      }
    }
  };
  look(data, 0);
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
