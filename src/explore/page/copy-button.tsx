import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from './icons.tsx';

/** A button that copies a text and says so. */
export function CopyButton({ text, label }: { readonly text: () => string; readonly label: string }): JSX.Element {
  const said = useSignal('');
  const onClick = async (): Promise<void> => {
    said.value = (await copy(text())) ? 'Copied' : 'Not allowed to copy';
    setTimeout(() => {
      said.value = '';
    }, 1600);
  };
  return (
    <button type="button" class="quiet" onClick={onClick}>
      <Icon name={said.value === 'Copied' ? 'test' : 'copy'} size={14} />
      <span aria-live="polite">{said.value || label}</span>
    </button>
  );
}

/** A page from a folder may have no clipboard: then the old way, by a field that is selected. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'offscreen';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
