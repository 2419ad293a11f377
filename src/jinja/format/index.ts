export { asciiOnly, printf } from './printf.ts';
export { convertField, formatAsNumber, formatAsText, formatValue } from './spec.ts';
export { type FieldAccess, type FormatArguments, formatString, mappingArguments } from './strformat.ts';
