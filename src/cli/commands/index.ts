import type { CommandSpec } from '../command-spec.ts';
import { build } from './build.ts';
import { check } from './check.ts';
import { clean } from './clean.ts';
import { clone } from './clone.ts';
import { compile } from './compile.ts';
import { debug } from './debug.ts';
import { deps } from './deps.ts';
import { docsGenerate } from './docs-generate.ts';
import { docsServe } from './docs-serve.ts';
import { impact } from './impact.ts';
import { init } from './init.ts';
import { lineage } from './lineage.ts';
import { list } from './list.ts';
import { parse } from './parse.ts';
import { retry } from './retry.ts';
import { run } from './run.ts';
import { runOperation } from './run-operation.ts';
import { seed } from './seed.ts';
import { show } from './show.ts';
import { snapshot } from './snapshot.ts';
import { sourceFreshness } from './source-freshness.ts';
import { sourcesPull } from './sources-pull.ts';
import { test } from './test.ts';

/** The commands, in the order of the help. A new command is a file here and a line in this list. */
export const commands: readonly CommandSpec[] = [
  build,
  run,
  test,
  seed,
  snapshot,
  retry,
  clone,
  compile,
  check,
  lineage,
  impact,
  show,
  list,
  parse,
  sourceFreshness,
  sourcesPull,
  docsGenerate,
  docsServe,
  runOperation,
  init,
  deps,
  debug,
  clean,
];
