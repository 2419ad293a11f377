import type { AdapterMethod, Credentials, SessionMethod } from '../adapter/index.ts';
import { fromPlain, PyFunction, toPlain, type Value } from '../jinja/index.ts';
import type { AdapterHost } from './adapter-host.ts';
import { ColumnValue } from './column.ts';
import { RelationValue } from './relation.ts';
import { wait } from './wait.ts';

/** Methods of the adapter's own, as functions over plain values. */
export function jinjaMethods(
  methods: Readonly<Record<string, AdapterMethod>>,
): Record<string, (facts: { readonly credentials: Credentials }) => Value> {
  const made: ReturnType<typeof jinjaMethods> = {};
  for (const [name, method] of Object.entries(methods)) {
    made[name] = ({ credentials }) =>
      new PyFunction(name, (args, kwargs) => {
        const named = Object.fromEntries([...(kwargs ?? [])].map(([key, value]) => [key, plain(value)]));
        return fromMethod(method(args.map(plain), named, credentials));
      });
  }
  return made;
}

/** Methods of the adapter's own that wait for the database. */
export function databaseMethods(
  methods: Readonly<Record<string, SessionMethod>>,
): Record<string, (at: { readonly host: AdapterHost }) => Value> {
  const made: ReturnType<typeof databaseMethods> = {};
  for (const [name, method] of Object.entries(methods)) {
    made[name] = ({ host }) =>
      new PyFunction(name, undefined, function* (args, kwargs) {
        const named = Object.fromEntries([...(kwargs ?? [])].map(([key, value]) => [key, plain(value)]));
        const answer = yield* wait(async () => method(await host.session(), args.map(plain), named, host.credentials));
        return fromMethod(answer);
      });
  }
  return made;
}

/** Arguments of a method: relations and columns go through as they are. */
const plain = (value: Value): unknown =>
  value instanceof RelationValue || value instanceof ColumnValue ? value : toPlain(value);
const fromMethod = (value: unknown): Value => fromPlain(value ?? null);
