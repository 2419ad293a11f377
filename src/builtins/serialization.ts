import { createHash } from 'node:crypto';
import { fromJson, type PyFunction, str, toJson, type Value } from '../jinja/index.ts';
import { plainFunction } from './signature.ts';

/** Reads and writes YAML; handed in because the loader lives in a later room. */
export interface YamlHost {
  read(text: string): Value;
  write(value: Value, sortKeys: boolean): string;
}

/** `fromjson(string, default)`: the default (none) where the text is not JSON. */
export const fromjson: PyFunction = plainFunction('fromjson', ['string', 'default?'], ([text, fallback]) => {
  try {
    return fromJson(String(text));
  } catch {
    return fallback ?? null;
  }
});

/** `tojson(value, default, sort_keys)`: Python's `json.dumps`. */
export const tojson: PyFunction = plainFunction(
  'tojson',
  ['value', 'default?', 'sort_keys?'],
  ([value, fallback, sort]) => {
    try {
      return toJson(value!, { sortKeys: sort === true });
    } catch {
      return fallback ?? null;
    }
  },
);

/** `fromyaml(value, default)`. */
export function fromyaml(yaml: YamlHost): PyFunction {
  return plainFunction('fromyaml', ['value', 'default?'], ([text, fallback]) => {
    try {
      return yaml.read(String(text));
    } catch {
      return fallback ?? null;
    }
  });
}

/** `toyaml(value, default, sort_keys)`. */
export function toyaml(yaml: YamlHost): PyFunction {
  return plainFunction('toyaml', ['value', 'default?', 'sort_keys?'], ([value, fallback, sort]) => {
    try {
      return yaml.write(value!, sort === true);
    } catch {
      return fallback ?? null;
    }
  });
}

/** `local_md5(value)`: the MD5 of the text's UTF-8 bytes, in hex. */
export const localMd5: PyFunction = plainFunction('local_md5', ['value'], ([value]) =>
  createHash('md5').update(str(value!)).digest('hex'),
);
