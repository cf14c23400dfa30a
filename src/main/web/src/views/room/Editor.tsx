import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { keyOf } from '../../state/ahead';
import type { Edit } from '../../state/editing';
import type { Message } from '../../state/room';
import { words } from '../../words';
import { refusedAct } from '../../words/refusals';
import { useHome } from '../context';
import { useSpace } from './space';
import { SpaceLine } from './SpaceLine';
import { Suggestions } from './Suggestions';
import { useTalk } from './talk';
import { useCompletion } from './useCompletion';
import { WritingField } from './WritingField';

/** Where a message of one's own is put in other words, in its place. What it said stays until the server has agreed. */
export function Editor({ message, edit }: { message: Message; edit: Edit }) {
  const { editing } = useHome().acts;
  const { room, home } = useTalk();
  const { seq, text, busy, failure, picked } = edit;
  const { id } = room.value;
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const told = useId();
  const begun = editing.begun.value === keyOf(id, seq);
  const space = useSpace(text);
  const write = (next: string) => editing.write(id, seq, next);
  const completion = useCompletion(room, area, write, picked);
  const w = words();
  // Not when it only comes back to the screen: then somebody may be writing elsewhere.
  useLayoutEffect(() => {
    if (!begun) return undefined;
    let frame = 0;
    // A row that only just came is not shown until it has been measured.
    const enter = () => {
      const element = area.current;
      element?.focus();
      if (!element || document.activeElement !== element) {
        frame = requestAnimationFrame(enter);
        return;
      }
      editing.begun.value = undefined;
      form.current?.scrollIntoView({ block: 'nearest' });
      element.setSelectionRange(element.value.length, element.value.length);
    };
    enter();
    return () => cancelAnimationFrame(frame);
  }, [begun]);

  const there = () => form.current?.contains(document.activeElement) === true;
  const cancel = () => {
    const mine = there();
    editing.cancel(id, seq);
    if (mine) home();
  };
  const blank = text.trim() === '';
  const ready = !blank && space.left >= 0 && !message.deleted;
  const save = async () => {
    if (!ready) return;
    const mine = there();
    if ((await editing.save(id, message)) && mine) home();
  };
  const wrong = message.deleted
    ? w.deleted
    : blank
      ? w.rules.blank?.('')
      : failure && refusedAct(failure);
  return (
    <form
      ref={form}
      data-edit={keyOf(id, seq)}
      class="w-full py-1"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="relative flex rounded-lg border border-control bg-raised ps-3 pe-1 focus-within:border-accent">
        <Suggestions completion={completion} />
        <WritingField
          area={area}
          text={text}
          label={w.editThis}
          invalid={wrong !== undefined || space.left < 0}
          describedBy={told}
          readOnly={busy}
          completion={completion}
          onWrite={write}
          onKey={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault();
              cancel();
            }
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              void save();
            }
          }}
        />
      </div>
      <div id={told}>
        {wrong !== undefined && (
          <p role="alert" class="pt-1 text-sm text-danger">
            {wrong}
          </p>
        )}
        <SpaceLine id={`${told}-left`} space={space} />
        <p class="sr-only">{w.editKeys}</p>
      </div>
      <div class="flex flex-wrap gap-2 pt-1">
        <button
          type="submit"
          class="button button-main button-small"
          aria-disabled={!ready || busy}
        >
          {busy ? w.working : w.save}
        </button>
        <button type="button" class="button button-plain button-small" onClick={cancel}>
          {w.cancel}
        </button>
      </div>
    </form>
  );
}
