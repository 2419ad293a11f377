/** The looks of the page, light or dark as the reader's system is. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1d2433, #e3e7ef); --dim: light-dark(#667085, #98a2b3); --line: light-dark(#e3e7ee, #2c3444); --page: light-dark(#fff, #12161f); --side: light-dark(#f7f8fa, #171c27); --mark: light-dark(#2459d8, #8ab0ff); --warn: light-dark(#9a5b00, #f0b45a); }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: minmax(220px, 300px) 1fr; height: 100vh; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); }
nav { background: var(--side); border-right: 1px solid var(--line); overflow: auto; }
nav header { position: sticky; top: 0; padding: 16px; background: var(--side); border-bottom: 1px solid var(--line); }
h1 { margin: 0 0 10px; font-size: 16px; }
h2 { margin: 4px 0 8px; font-size: 24px; overflow-wrap: anywhere; }
h3 { margin: 28px 0 8px; font-size: 13px; text-transform: uppercase; letter-spacing: .06em; color: var(--dim); }
input { width: 100%; padding: 7px 10px; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 6px; }
nav h3 { margin: 16px 16px 4px; }
a { color: var(--mark); text-decoration: none; }
a:hover { text-decoration: underline; }
nav a { display: block; padding: 2px 16px; color: var(--ink); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav a.here { background: var(--line); font-weight: 600; }
main { overflow: auto; padding: 28px 40px 80px; outline: none; }
.dim, nav .dim { color: var(--dim); }
.warn { color: var(--warn); }
.text { white-space: pre-wrap; max-width: 80ch; }
table { border-collapse: collapse; width: 100%; max-width: 1000px; }
th, td { padding: 6px 14px 6px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); }
td:first-child, td.type, pre, code { font-family: ui-monospace, monospace; font-size: 13px; }
pre { margin: 0; padding: 14px; overflow: auto; background: var(--side); border: 1px solid var(--line); border-radius: 6px; }
ul { margin: 0; padding-left: 18px; }
@media (max-width: 720px) { body { display: block; height: auto; } nav { max-height: 45vh; border: 0; border-bottom: 1px solid var(--line); } main { padding: 20px; } }
`;
