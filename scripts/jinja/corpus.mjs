// Holds our Jinja parser against real Jinja2 on many files.
// Usage: python3 scripts/jinja/corpus.py FOLDER... > parsed.json && node scripts/jinja/corpus.mjs parsed.json
import { readFileSync } from 'node:fs';
import { jinjaRoom } from './jinja-room.mjs';

const { compileMacro, compileTemplate, extractBlocks } = await jinjaRoom();
const answers = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const nothing = { lookup: () => undefined };

/** Undefined where the file parses and compiles, else what is wrong with it. */
function problem(path) {
  const text = readFileSync(path, 'utf8');
  try {
    const blocks = extractBlocks(text, path).filter((block) => block.kind !== 'docs');
    for (const block of blocks) {
      const macro = compileMacro(block, text, path);
      macro.calls();
      macro.bind(nothing, block.name).getAttr('arguments');
    }
    if (!blocks.length) compileTemplate(text, path).calls();
    return undefined;
  } catch (error) {
    return `${error.type ?? error.name}: ${error.message}`;
  }
}

const counts = { both: 0, neither: 0, onlyJinja2: 0, onlyOurs: 0 };
for (const [path, answer] of Object.entries(answers)) {
  const wrong = problem(path);
  const kind = answer === true ? (wrong ? 'onlyJinja2' : 'both') : wrong ? 'neither' : 'onlyOurs';
  counts[kind] += 1;
  if (kind === 'onlyJinja2') console.log(`${path}\n  ${wrong}`);
  if (kind === 'onlyOurs') console.log(`${path}\n  parsed by ours alone; Jinja2: ${answer}`);
}
const parsed = counts.both + counts.onlyJinja2;
console.log(
  `${counts.both} of ${parsed} files that Jinja2 parses are parsed and compiled; ${counts.neither} by neither, ${counts.onlyOurs} by ours alone`,
);
process.exitCode = counts.onlyJinja2 ? 1 : 0;
