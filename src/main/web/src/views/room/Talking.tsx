import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Message, RoomState } from '../../state/room';
import { Forward } from './Forward';
import { MessageMenu } from './MessageMenu';
import { TalkContext } from './talk';
import { Wordings } from './Wordings';

interface Props {
  room: Signal<RoomState>;
  answering: Signal<number | undefined>;
  thread?: number | undefined;
  children: ComponentChildren;
}

/** What is shown over a conversation about one of its messages. */
type Over =
  | { is: 'menu'; message: Message; beside: DOMRect | undefined }
  | { is: 'forward' | 'wordings'; message: Message };

/** A conversation with all that can be done with its messages. */
export function Talking({ room, answering, thread, children }: Props) {
  const [over, setOver] = useState<Over>();
  const talk = useMemo(
    () => ({
      room,
      answering,
      thread,
      act: (message: Message, beside: DOMRect | undefined) =>
        setOver({ is: 'menu', message, beside }),
      lookBack: (message: Message) => setOver({ is: 'wordings', message }),
    }),
    [room, answering, thread],
  );
  const close = () => setOver(undefined);
  return (
    <TalkContext.Provider value={talk}>
      <div class="relative flex min-w-0 flex-1">{children}</div>
      {over?.is === 'menu' && (
        <MessageMenu
          message={over.message}
          beside={over.beside}
          onForward={() => setOver({ is: 'forward', message: over.message })}
          onClose={close}
        />
      )}
      {over?.is === 'forward' && <Forward message={over.message} onClose={close} />}
      {over?.is === 'wordings' && <Wordings message={over.message} onClose={close} />}
    </TalkContext.Provider>
  );
}
