import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { KEYS } from './keyboard.ts';
import { helpOpen } from './state.ts';

/** What keys do, and what can be searched for. */
export function Help(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    helpOpen.value = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Escape
    <dialog ref={dialog} onClose={close} onClick={(event) => event.target === dialog.current && close()}>
      <div>
        <h2>Keys</h2>
        <dl class="keys">
          {KEYS.map(([keys, meaning]) => (
            <div>
              <dt>
                {keys.split(' ').map((key) => (
                  <kbd>{key}</kbd>
                ))}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <h2>Selecting</h2>
        <p>
          The search field reads what <code>--select</code> reads: <code>+orders</code>, <code>orders+2</code>,{' '}
          <code>@orders</code>, <code>tag:daily,config.materialized:table</code>, <code>path:models/marts</code>,{' '}
          <code>result:error+</code>, and behind it <code>--exclude</code>.
        </p>
      </div>
    </dialog>
  );
}
