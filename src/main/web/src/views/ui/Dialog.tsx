import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../words';
import { Icon } from './Icon';

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** Something that wants an answer first; the browser keeps the focus in it and gives it back. */
export function Dialog({ title, onClose, children }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the screen: whoever types on is where they were as soon as it is gone.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      class="m-auto w-[min(440px,calc(100vw-32px))] rounded-lg bg-raised p-5 text-ink shadow-float"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="mb-4 flex items-center justify-between gap-2">
        <h2 id={id} class="text-lg font-semibold">
          {title}
        </h2>
        <button
          type="button"
          class="icon-button -me-2"
          aria-label={words().close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
