import type { Signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { moderates } from '../../state/rights';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { Icon } from '../ui/Icon';
import { AnswerLine } from './AnswerLine';
import { draftIn, draftOf, keepDraft } from './drafts';
import { MENTION_LIST, MentionList, optionId } from './MentionList';
import { SlowLine } from './SlowLine';
import { useTalk } from './talk';
import { useMentions } from './useMentions';
import { WaitLine } from './WaitLine';

const NEAR = 0.9;
const MOST_PIXELS = 200;

/** Where one writes. What is begun is kept, for each room, until it is sent. */
export function Composer({ room }: { room: Signal<RoomState> }) {
  const { me, outbox, typing, limits, reader } = useHome();
  const { id, name, role, slowMode } = room.value;
  const [sentAt, setSentAt] = useState<number>();
  const { answering, thread } = useTalk();
  const draft = draftIn(id, thread);
  const [text, setText] = useState(() => draftOf(me.id, draft));
  const area = useRef<HTMLTextAreaElement>(null);
  const w = words();
  const label = thread === undefined ? w.writeTo(name) : w.writeInThread;

  useLayoutEffect(() => {
    const element = area.current;
    if (element) {
      element.style.height = 'auto';
      element.style.height = `${Math.min(element.scrollHeight, MOST_PIXELS)}px`;
    }
  }, [text]);
  useLayoutEffect(() => {
    if (matchMedia('(pointer: fine)').matches) area.current?.focus();
  }, []);

  const answered = answering.value;
  const wasAnswered = useRef(answered);
  useEffect(() => {
    if (answered !== undefined && answered !== wasAnswered.current) area.current?.focus();
    wasAnswered.current = answered;
  }, [answered]);

  const left = space(text, limits.value);
  const write = (next: string) => {
    setText(next);
    keepDraft(me.id, draft, next);
    if (next.trim() !== '') typing.pressed(id);
  };
  const mentions = useMentions(room, area, write);
  const completing = mentions.found.length > 0;
  const send = () => {
    const ready = text.trim();
    if (ready === '' || left < 0) return;
    void outbox.add(id, ready, answering.peek(), mentions.of(ready), thread);
    answering.value = undefined;
    if (thread === undefined) reader.returned(id);
    typing.sent(id);
    setSentAt(Date.now());
    setText('');
    keepDraft(me.id, draft, '');
    area.current?.focus();
  };

  if (role === 'readonly') {
    return <p class="border-t border-line p-4 text-center text-sm text-soft">{w.readOnly}</p>;
  }
  const near = left < limits.value.codePoints * (1 - NEAR);
  return (
    <div class="flex-none px-3 pb-[max(12px,env(safe-area-inset-bottom))] md:px-5">
      {slowMode > 0 && !moderates(role) && <SlowLine id={id} seconds={slowMode} sentAt={sentAt} />}
      <WaitLine id={id} />
      <AnswerLine onGone={() => area.current?.focus()} />
      <form
        class="relative flex items-end gap-1 rounded-lg border border-control bg-raised p-1 ps-3 focus-within:border-accent"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <MentionList mentions={mentions} />
        <textarea
          aria-autocomplete="list"
          aria-controls={completing ? MENTION_LIST : undefined}
          aria-activedescendant={completing ? optionId(mentions.active) : undefined}
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          aria-label={label}
          placeholder={label}
          aria-invalid={left < 0}
          aria-describedby={near ? 'left' : undefined}
          class="max-h-[200px] min-h-9 flex-1 resize-none self-center bg-transparent py-2 leading-5 outline-none placeholder:text-faint"
          onInput={(event) => {
            write(event.currentTarget.value);
            mentions.look();
          }}
          onClick={mentions.look}
          onBlur={mentions.close}
          onKeyDown={(event) => {
            if (mentions.key(event)) return;
            if (event.key === 'Escape' && answering.peek() !== undefined) {
              event.preventDefault();
              answering.value = undefined;
            }
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              send();
            }
          }}
        />
        <button
          type="submit"
          aria-label={w.send}
          disabled={text.trim() === '' || left < 0}
          class="icon-button enabled:bg-accent enabled:text-on-accent enabled:hover:bg-accent-strong enabled:hover:text-on-accent disabled:opacity-50"
        >
          <Icon name="send" />
        </button>
      </form>
      {near && (
        <p
          id="left"
          role="status"
          class={`pt-1 text-end text-xs ${left < 0 ? 'text-danger' : 'text-soft'}`}
        >
          {left < 0 ? w.tooLong(-left) : w.charactersLeft(left)}
        </p>
      )}
    </div>
  );
}

/** How many more characters fit, by whichever limit is nearer. */
function space(text: string, limits: { codePoints: number; bytes: number }): number {
  if (text.length * 3 < limits.codePoints) {
    return limits.codePoints - text.length;
  }
  const points = limits.codePoints - Array.from(text).length;
  const bytes = limits.bytes - new TextEncoder().encode(text).length;
  return Math.min(points, bytes < 0 ? Math.floor(bytes / 4) : points);
}
