import './style.css';
import { render } from 'preact';
import { focusOn, showAll } from './actions.ts';
import { startAddress } from './address.ts';
import { App } from './app.tsx';
import { startKeyboard } from './keyboard.ts';
import { toneOf } from './lenses.ts';
import { focus, project } from './state.ts';
import { startTheme } from './theme.ts';

/** Projects up to this size are seen whole at the beginning. */
const SMALL = 12;

/** Where nobody has said where to begin: at what went wrong, else at what the most hangs together with. */
function begin(): void {
  const isBad = (node: number): boolean => toneOf(project.nodes[node]!.result?.status) === 'bad';
  const failed = project.drawn.find(isBad) ?? [...project.nodes.keys()].find(isBad);
  if (failed !== undefined) focusOn(failed);
  else if (project.drawn.length <= SMALL) showAll();
  else {
    // Many neighbours, but not so many that they cannot be seen at once.
    const weight = (node: number): number =>
      Math.min(8, project.parents(node).length) + Math.min(8, project.children(node).length);
    const models = project.drawn.filter((node) => project.nodes[node]!.type === 'model');
    const [first] = (models.length ? models : project.drawn).toSorted((a, b) => weight(b) - weight(a));
    if (first !== undefined) focusOn(first);
    focus.value = undefined;
  }
}

startTheme();
startAddress(begin);
startKeyboard();
const app = document.getElementById('app')!;
app.replaceChildren();
render(<App />, app);
// What a test, or somebody curious, can read of how long things take.
performance.mark('xform-drawn');
