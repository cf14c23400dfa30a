import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Mentioned } from '../room/useMentioned';
import { withMentions } from './mentions';

const rich = signal<((text: string, mentioned: readonly Mentioned[]) => VNode) | undefined>(
  undefined,
);
const NOBODY: readonly Mentioned[] = [];
let asked = false;

/** What cannot be anything but plain needs no Markdown. */
const MARKS = /[*_~`[\]<>\\&]|https?:|www\.|@\S+\.\S|^\s*([-+]|\d+[.)])\s/m;
const FEW_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|[\ufe0f\u{1f3fb}-\u{1f3ff}])*\s*){1,4}$/u;

/** Loads what draws Markdown, unless that has been done. */
export function loadMarkdown(): void {
  if (!asked) {
    asked = true;
    import('./markdown').then(
      (loaded) => (rich.value = loaded.markdown),
      () => (asked = false),
    );
  }
}

/** What somebody wrote: Markdown where there is some, isolated from all around it. */
export function Text({
  text,
  mentioned = NOBODY,
}: {
  text: string;
  mentioned?: readonly Mentioned[];
}) {
  if (MARKS.test(text)) {
    const draw = rich.value;
    if (draw) {
      return draw(text, mentioned);
    }
    loadMarkdown();
  }
  const large = FEW_EMOJI.test(text) ? 'text-xl' : '';
  return (
    <bdi dir="auto" class={`block whitespace-pre-wrap ${large}`}>
      {withMentions(text, mentioned)}
    </bdi>
  );
}
