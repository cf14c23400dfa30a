import type { Signal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { seen } from '../../state/ahead';
import { lastOwn } from '../../state/editing';
import { mentioning, type Candidate } from '../../state/mentioning';
import { moderates } from '../../state/rights';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { Icon } from '../ui/Icon';
import { AnswerLine } from './AnswerLine';
import { draftIn, draftOf, keepDraft } from './drafts';
import { SlowLine } from './SlowLine';
import { useSpace } from './space';
import { SpaceLine } from './SpaceLine';
import { Suggestions } from './Suggestions';
import { useTalk } from './talk';
import { useCompletion } from './useCompletion';
import { WaitLine } from './WaitLine';
import { WritingField } from './WritingField';

/** Where one writes. What is begun is kept, for each room, until it is sent. */
export function Composer({ room }: { room: Signal<RoomState> }) {
  const { me, acts, outbox, typing, reader } = useHome();
  const { id, name, role, slowMode } = room.value;
  const [sentAt, setSentAt] = useState<number>();
  const { answering, edit, said, thread } = useTalk();
  const draft = draftIn(id, thread);
  const [text, setText] = useState(() => draftOf(me.id, draft));
  const area = useRef<HTMLTextAreaElement>(null);
  const picked = useRef<readonly Candidate[]>([]);
  const told = useId();
  const w = words();
  const label = thread === undefined ? w.writeTo(name) : w.writeInThread;

  useLayoutEffect(() => {
    if (matchMedia('(pointer: fine)').matches) area.current?.focus();
  }, []);

  const answered = answering.value;
  const wasAnswered = useRef(answered);
  useEffect(() => {
    if (answered !== undefined && answered !== wasAnswered.current) area.current?.focus();
    wasAnswered.current = answered;
  }, [answered]);

  const space = useSpace(text);
  const { left, near } = space;
  const write = (next: string) => {
    setText(next);
    keepDraft(me.id, draft, next);
    if (next.trim() !== '') typing.pressed(id);
  };
  const completion = useCompletion(room, area, write, picked);
  const send = () => {
    const ready = text.trim();
    if (ready === '' || left < 0) return;
    void outbox.add(id, ready, answering.peek(), mentioning(ready, picked.current), thread);
    picked.current = [];
    answering.value = undefined;
    if (thread === undefined) reader.returned(id);
    typing.sent(id);
    setSentAt(Date.now());
    setText('');
    keepDraft(me.id, draft, '');
    area.current?.focus();
  };

  const key = (event: KeyboardEvent) => {
    const { key, shiftKey, isComposing } = event;
    if (key === 'Escape' && answering.peek() !== undefined) {
      event.preventDefault();
      answering.value = undefined;
    }
    if (key === 'Enter' && !shiftKey && !isComposing) {
      event.preventDefault();
      send();
    }
    const plain = !shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (key === 'ArrowUp' && plain && text === '') {
      const last = lastOwn(said(), me.id, (one) => seen(one, acts.peek(id, one.seq)));
      if (!last) return;
      event.preventDefault();
      edit(last);
    }
  };

  if (role === 'readonly') {
    return <p class="border-t border-line p-4 text-center text-sm text-soft">{w.readOnly}</p>;
  }
  return (
    <div data-composer class="flex-none px-3 pb-[max(12px,env(safe-area-inset-bottom))] md:px-5">
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
        <Suggestions completion={completion} />
        <WritingField
          area={area}
          text={text}
          label={label}
          hint={label}
          invalid={left < 0}
          describedBy={near ? told : undefined}
          completion={completion}
          onWrite={write}
          onKey={key}
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
      <SpaceLine id={told} space={space} />
    </div>
  );
}
