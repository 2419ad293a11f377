// `npm run demo`: builds xform, makes a shop in ./demo from project-template and runs it, to see something work within a minute.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setUp } from './setup.mjs';
import { root } from './tool.mjs';

const demo = path.join(root, 'demo');
const cli = path.join(root, 'dist', 'cli', 'main.js');

function heading(text) {
  console.log(`\n== ${text}`);
}

/** Runs xform in the demo project with its output shown; ends the demo where it fails. */
function xform(...args) {
  console.log(`$ xform ${args.map((a) => (a.includes(' ') ? `"${a}"` : a)).join(' ')}`);
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: demo, stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(`\nThe demo stopped: \`xform ${args[0]}\` ended with exit code ${done.status}.`);
    process.exit(done.status ?? 1);
  }
}

setUp();
heading('Build xform');
const { buildCli } = await import('./build.mjs');
await buildCli();

heading(`Make a bicycle shop in ${path.relative(process.cwd(), demo) || '.'}`);
rmSync(demo, { recursive: true, force: true });
cpSync(path.join(root, 'project-template'), demo, { recursive: true });
// npm leaves files called .gitignore out of a package, so the template keeps it under another name.
if (existsSync(path.join(demo, 'gitignore'))) renameSync(path.join(demo, 'gitignore'), path.join(demo, '.gitignore'));
xform('build');

heading('What it built: revenue by day, the latest five');
xform('show', '--inline', "select * from {{ ref('fct_daily_revenue') }} order by revenue_date desc", '--limit', '5');

heading('Where to look next');
console.log(`demo/models/marts/            the SQL that was run
demo/target/compiled/         the same SQL as the database saw it
demo/target/run_results.json  what each step did, and how long it took

cd demo, then try:
  node ../dist/cli/main.js ls --select +fct_daily_revenue
      what revenue is made from
  node ../dist/cli/main.js build --select fct_order_items
      an incremental model: from the second run on it reads only the newest orders
  node ../dist/cli/main.js build --select +snap_prices --vars "business_date: 2025-12-31"
      prices have moved on, and the snapshot keeps the old ones beside the new`);
