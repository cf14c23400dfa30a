import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  label: string;
  /** What it stands beside; at the bottom of the screen without. */
  beside: DOMRect | undefined;
  /** What has the focus first. */
  first: string;
  /** What it looks like. */
  style: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}

const MARGIN = 8;

/** Something small over the page; the focus stays in it and goes back to where it was. */
export function Popup({ label, beside, first, style, onClose, onKeyDown, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the screen: whoever types on is where they were as soon as it is gone.
  useLayoutEffect(() => {
    const element = dialog.current;
    const from = document.activeElement;
    element?.showModal();
    if (element && beside) place(element, beside);
    element?.querySelector<HTMLElement>(first)?.focus();
    return () => {
      element?.close();
      if (from instanceof HTMLElement) from.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      class={`menu bg-raised text-ink shadow-float ${style} ${beside ? 'menu-beside' : 'menu-below'}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={onKeyDown}
    >
      {children}
    </dialog>
  );
}

/** Under what it belongs to, or above it where there is no room below; never over the edge. */
function place(popup: HTMLElement, beside: DOMRect): void {
  const { offsetHeight: height, offsetWidth: width } = popup;
  const below = beside.bottom + MARGIN;
  const fits = below + height < innerHeight - MARGIN;
  const top = fits ? below : Math.max(MARGIN, beside.top - height - MARGIN);
  const wanted = document.dir === 'rtl' ? beside.left : beside.right - width;
  const left = Math.max(MARGIN, Math.min(wanted, innerWidth - width - MARGIN));
  popup.style.insetBlockStart = `${top}px`;
  popup.style.left = `${left}px`;
}
