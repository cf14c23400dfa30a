import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { seen } from '../../state/ahead';
import { Favourites } from '../../state/emoji';
import { messageAt } from '../../state/picks';
import type { Message, RoomState } from '../../state/room';
import { words } from '../../words';
import { refusedAct } from '../../words/refusals';
import { useHome } from '../context';
import { say } from '../status/toast';

export interface Doing {
  /** Puts a message in other words. */
  edit: (message: Message) => void;
  /** Deletes it, unless that is taken back in time. */
  remove: (message: Message) => void;
  /** Gives an emoji, or takes back one that was given. */
  toggle: (message: Message, emoji: string) => void;
}

/**
 * What one does to messages of a room. What the server refuses is taken back, with a word.
 *
 * @param home goes back to where one writes
 */
export function useActs(room: Signal<RoomState>, home: () => void): Doing {
  const { acts, me, people } = useHome();
  return useMemo(() => {
    const { id } = room.peek();
    const attempt = (work: Promise<void>) =>
      void work.catch((thrown: unknown) => say({ text: refusedAct(thrown) }));
    return {
      edit: (message) => {
        const named = message.mentions.flatMap((user) => {
          const name = people.name(user);
          return name === undefined ? [] : [{ id: user, name }];
        });
        const everybody = { id: undefined, name: words().everybodyWord };
        acts.editing.begin(id, message, message.everybody ? [...named, everybody] : named);
      },
      remove: ({ seq }) => {
        // What had the focus goes with it. Where that brings a keyboard to the screen, nobody asked for one.
        if (matchMedia('(pointer: fine)').matches) requestAnimationFrame(home);
        acts.remove(id, seq);
        say({
          text: words().messageDeleted,
          undo: () => {
            acts.restore(id, seq);
            return Promise.resolve();
          },
          over: () => attempt(acts.send(id, seq)),
        });
      },
      toggle: (drawn, emoji) => {
        const { seq } = drawn;
        // As it is now, whatever it was when it was drawn; what stands in a thread is drawn as it is.
        const said = messageAt(room.peek(), seq) ?? drawn;
        const { reactions } = seen(said, acts.peek(id, seq));
        const wanted = !reactions.some((one) => one.emoji === emoji && one.mine);
        if (wanted) new Favourites(me.id).used(emoji);
        attempt(acts.react(id, seq, emoji, wanted));
      },
    };
  }, [room, acts, home]);
}
