import { PyDict, type Value } from '../jinja/index.ts';
import { TableValue } from './table.ts';

/** Who may do what, from a table of grantees and privileges. */
export function grantsDict(table: Value): PyDict {
  const grants = new PyDict();
  if (!(table instanceof TableValue)) return grants;
  const [grantee, privilege] = ['grantee', 'privilege_type'].map((name) => table.columnNames.indexOf(name));
  for (const row of table.rows) {
    const key = row[privilege!]!;
    const known = grants.get(key);
    if (Array.isArray(known)) known.push(row[grantee!]!);
    else grants.set(key, [row[grantee!]!]);
  }
  return grants;
}
