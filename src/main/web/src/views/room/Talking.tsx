import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Message, RoomState } from '../../state/room';
import { useHome } from '../context';
import { EmojiPicker } from '../emoji/EmojiPicker';
import { Forward } from './Forward';
import { MessageMenu } from './MessageMenu';
import { TalkContext, type Talk } from './talk';
import { useActs } from './useActs';
import { Wordings } from './Wordings';

interface Props {
  room: Signal<RoomState>;
  answering: Signal<number | undefined>;
  thread?: number | undefined;
  /** What is at hand of a thread. */
  said?: Talk['said'];
  children: ComponentChildren;
}

/** What is shown over a conversation about one of its messages. */
type Over =
  | { is: 'menu' | 'react'; message: Message; beside: DOMRect | undefined }
  | { is: 'forward' | 'wordings'; message: Message };

/** A conversation with all that can be done with its messages. */
export function Talking({ room, answering, thread, said, children }: Props) {
  const [over, setOver] = useState<Over>();
  const { acts } = useHome();
  const page = useRef<HTMLDivElement>(null);
  const home = useCallback(
    () => page.current?.querySelector<HTMLElement>('[data-composer] textarea')?.focus(),
    [],
  );
  const doing = useActs(room, home);
  useEffect(() => acts.editing.resume(room.peek().id), [acts, room]);
  const talk = useMemo(
    () => ({
      room,
      answering,
      thread,
      said: said ?? (() => room.peek().timeline),
      act: (message: Message, beside: DOMRect | undefined) =>
        setOver({ is: 'menu', message, beside }),
      ...doing,
      home,
      react: (message: Message, beside: DOMRect | undefined) =>
        setOver({ is: 'react', message, beside }),
      lookBack: (message: Message) => setOver({ is: 'wordings', message }),
    }),
    [room, answering, thread, said, doing],
  );
  const close = () => setOver(undefined);
  return (
    <TalkContext.Provider value={talk}>
      <div ref={page} class="relative flex min-w-0 flex-1">
        {children}
      </div>
      {over?.is === 'menu' && (
        <MessageMenu
          message={over.message}
          beside={over.beside}
          onForward={() => setOver({ is: 'forward', message: over.message })}
          onClose={close}
        />
      )}
      {over?.is === 'react' && (
        <EmojiPicker
          beside={over.beside}
          onPick={(emoji) => doing.toggle(over.message, emoji)}
          onClose={close}
        />
      )}
      {over?.is === 'forward' && <Forward message={over.message} onClose={close} />}
      {over?.is === 'wordings' && <Wordings message={over.message} onClose={close} />}
    </TalkContext.Provider>
  );
}
