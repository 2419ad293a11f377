import { gzipSync } from 'node:zlib';
import { type Artifacts, island } from './island.ts';

/** What runs in the browser, as the build has bundled it. */
export interface ExplorerAssets {
  readonly script: string;
  readonly style: string;
}

/** Nothing is fetched, sent or framed; code and styles are those in the file; pictures are those that an export makes. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The page of `docs generate`: everything it shows is in the file, so that it opens from a folder. */
export function explorerPage(artifacts: Artifacts, { script, style }: ExplorerAssets): string {
  const { data, sql } = island(artifacts);
  // SQL is the larger part by far and nothing that the first look needs.
  const packed = gzipSync(JSON.stringify(sql)).toString('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="xform ${escaped(data.version)}">
<title>${escaped(data.project)} · lineage</title>
<style>${style}</style>
</head>
<body>
<div id="app"><p class="loading">${escaped(data.project)}</p></div>
<noscript><p class="loading">This page draws its graph with JavaScript.</p></noscript>
<script type="application/json" id="data">${inert(JSON.stringify(data))}</script>
<script type="application/octet-stream" id="sql">${packed}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that no HTML parser takes for markup. */
const inert = (json: string): string => json.replaceAll('<', '\\u003c');

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
