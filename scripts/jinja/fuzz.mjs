// Runs random templates through our Jinja in both modes, against what real Jinja2 answered.
// Usage: python3 scripts/jinja/fuzz.py SEED COUNT > cases.json && node scripts/jinja/fuzz.mjs cases.json [--record]
// --record adds the cases that differ to test/fixtures/jinja/fuzz.json, where they stay as tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jinjaRoom } from './jinja-room.mjs';

const { compileTemplate, drive, JinjaError } = await jinjaRoom();
const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const scope = { lookup: (name) => (name === 'h' ? 'HOST' : name === 'a' ? [5, 6] : undefined) };

/** What one mode makes of a template, in the form of the recorded answers. */
async function rendered(render) {
  try {
    return (await render()).text.replace(/ at 0x[0-9a-f]+/g, '');
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    return error.type === 'TemplateSyntaxError' ? 'ERROR:syntax' : `ERROR:${error.type}`;
  }
}

const different = [];
for (const one of cases) {
  const answers = [
    await rendered(() => compileTemplate(one.t, 'fuzz').render(scope)),
    await rendered(() => drive(compileTemplate(one.t, 'fuzz').renderWaiting(scope))),
  ];
  const wrong = answers.find((answer) => answer !== one.exp);
  if (wrong === undefined) continue;
  different.push(one);
  console.log(`template  ${one.t}\n  jinja2  ${JSON.stringify(one.exp)}\n  ours    ${JSON.stringify(wrong)}\n`);
}
console.log(`${cases.length - different.length} of ${cases.length} templates equal in both modes`);
if (process.argv.includes('--record') && different.length) {
  const path = fileURLToPath(new URL('../../test/fixtures/jinja/fuzz.json', import.meta.url));
  const known = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, `${JSON.stringify([...known, ...different], null, 1)}\n`);
}
process.exitCode = different.length ? 1 : 0;
