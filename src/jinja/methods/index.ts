export { dictMethods, makeDict, PyDictView, updateDict } from './dict.ts';
export { capitalize } from './letter-case.ts';
export { listMethods, tupleMethods } from './list.ts';
export {
  BoundMethod,
  boundMethod,
  callBack,
  callingFunction,
  type Method,
  type MethodTable,
  methodTable,
  runPlain,
} from './method.ts';
export { floatMethods, intMethods, numberAttribute } from './number.ts';
export { setMethods } from './set.ts';
export { center, replaceText, splitLines, splitText, stripText, strMethods } from './str.ts';
