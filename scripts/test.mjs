// `npm test`: set up, lint, type check, build, test. The last line is the count of tests; the exit code is 0 only if all of it went well.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setUp } from './setup.mjs';
import { runTool } from './tool.mjs';

const checks = [
  ['Lint', () => runTool('@biomejs/biome', ['check', '.'])],
  ['Types', () => runTool('typescript', ['-p', 'tsconfig.test.json'], { command: 'tsc' })],
  ['Types of the page', () => runTool('typescript', ['-p', 'src/explore/page'], { command: 'tsc' })],
  ['Build', () => build()],
];

async function build() {
  // Loaded late: before set-up there may be no node_modules to build with.
  const { buildCli, buildLibrary } = await import('./build.mjs');
  await buildCli();
  return buildLibrary();
}

/** One headed section; an exception counts as a failure and is shown. */
async function section(title, work) {
  console.log(`\n== ${title}`);
  try {
    return (await work()) === 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

/** Runs vitest and counts from its JSON report. A file that fails before its first test counts as one failure. */
function runTests(args) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'xform-test-'));
  const file = path.join(folder, 'report.json');
  try {
    const code = runTool('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ]);
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const broken = report.testResults.filter((r) => r.status === 'failed' && r.assertionResults.length === 0).length;
    return {
      code,
      passed: report.numPassedTests,
      // A run can also fail beside its tests: in a hook, or by an error nobody awaited.
      failed: report.numFailedTests + broken || (code === 0 ? 0 : 1),
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(args) {
  setUp();
  const unwell = [];
  for (const [title, work] of checks) if (!(await section(title, work))) unwell.push(title.toLowerCase());
  let count = { code: 1, passed: 0, failed: 1, skipped: 0 };
  await section('Tests', () => {
    count = runTests(args);
    return count.code;
  });
  if (unwell.length > 0) console.log(`\nNot well before the tests: ${unwell.join(', ')} (see above).`);
  if (unwell.length > 0 || count.code !== 0 || count.failed > 0) process.exitCode = 1;
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  console.log(`${count.passed} passed, ${count.failed} failed${skipped}`);
}

await main(process.argv.slice(2));
