import { filters } from './filters/index.ts';
import { type Frame, Trace } from './frame.ts';
import { Loop } from './loop.ts';
import { type LoadedMacro, type MacroBody, MacroFunction, type MacroShape } from './macro.ts';
import { Namespace } from './namespace.ts';
import { nativeFilters } from './native.ts';
import {
  add,
  contains,
  div,
  eq,
  floordiv,
  ge,
  gt,
  iterate,
  le,
  lt,
  mod,
  mul,
  ne,
  neg,
  pos,
  pow,
  slice,
  str,
  sub,
  truthy,
  typeName,
} from './operators.ts';
import { named, noSuch, PENDING, spread } from './render.ts';
import { tests } from './tests.ts';
import { PyDict, PyError, PyFloat, PyFunction, PyTuple, Undefined, type Value } from './value.ts';

/** A filter or test that does not exist fails when it is reached, not before: the branch it is in may never run. */
function failing(kind: 'filter' | 'test', name: string): PyFunction {
  return new PyFunction(name, () => {
    throw noSuch(kind, name);
  });
}

/** A macro of a template's own, or a call block, which exists only in the mode the template runs in. */
function innerMacro(
  frame: Frame,
  shape: MacroShape,
  body: MacroBody,
  returns: boolean,
  isBlock: boolean,
): MacroFunction {
  const loaded: LoadedMacro = { shape, body, unit: frame.unit };
  const definedIn = isBlock ? frame : null;
  return new MacroFunction(shape.name, { label: shape.name, definedIn, returns, observed: false, load: () => loaded });
}

/** All that generated code refers to besides its arguments, under the names it uses. */
export const library = {
  add,
  contains,
  div,
  eq,
  floordiv,
  ge,
  gt,
  iterate,
  le,
  lt,
  mod,
  mul,
  ne,
  neg,
  pos,
  pow,
  slice,
  str,
  sub,
  truthy,
  named,
  spread,
  PENDING,
  PyDict,
  PyFloat,
  PyTuple,
  Undefined,
  Loop,
  Trace,
  filter: (name: string): PyFunction => filters.get(name) ?? failing('filter', name),
  nativeFilter: (name: string): PyFunction => nativeFilters.get(name) ?? filters.get(name) ?? failing('filter', name),
  test: (name: string): PyFunction => tests.get(name) ?? failing('test', name),
  innerMacro,
  setNamespace: (target: Value, name: string, value: Value): void => {
    if (!(target instanceof Namespace)) {
      throw new PyError(
        'TemplateRuntimeError',
        `only the attributes of a namespace can be set, this is '${typeName(target)}'`,
      );
    }
    target.setItem(name, value);
  },
};

/** Names of the library in the order in which a program takes them. */
export const libraryNames: string = Object.keys(library).join(',');
