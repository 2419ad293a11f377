import { fnmatch } from '../fnmatch.ts';
import type { Method } from './method.ts';

/** `file:`: the name of the node's file, with or without its ending. */
export const file: Method = ({ text }) => {
  const fits = fnmatch(text);
  return (node) => {
    const path = node.original_file_path;
    const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    const dot = name.lastIndexOf('.');
    return fits(name) || (dot > 0 && fits(name.slice(0, dot)));
  };
};
