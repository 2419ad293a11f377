import type { MethodName } from '../criterion.ts';
import { invalidValue } from '../diagnostics.ts';
import { fnmatch } from '../fnmatch.ts';
import { refuse } from '../refuse.ts';
import type { Method } from './method.ts';

/** A method for one type of resource: `name` or `package.name`. */
export function named(type: MethodName): Method {
  return ({ text }) => {
    const parts = text.split('.');
    if (parts.length > 2) refuse(invalidValue({ method: type, value: text, expected: 'name or package.name' }));
    const fitsName = fnmatch(parts.at(-1)!);
    const fitsPackage = fnmatch(parts.length === 2 ? parts[0]! : '*');
    return (node) => node.resource_type === type && fitsPackage(node.package_name) && fitsName(node.name);
  };
}
