import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Message, RoomState } from '../../state/room';
import type { Doing } from './useActs';

/** What the parts of an open room share. */
export interface Talk extends Doing {
  room: Signal<RoomState>;
  /** The message that the next one answers. */
  answering: Signal<number | undefined>;
  /** The first message of the thread that is talked in. */
  thread: number | undefined;
  /** What is at hand of all that was said here. */
  said: () => Pick<RoomState['timeline'], 'items' | 'newer'>;
  /** Shows what can be done with a message. */
  act: (message: Message, beside: DOMRect | undefined) => void;
  /** Asks which emoji to give. */
  react: (message: Message, beside: DOMRect | undefined) => void;
  /** Back to where one writes. */
  home: () => void;
  /** Shows what a message said before. */
  lookBack: (message: Message) => void;
}

export const TalkContext = createContext<Talk | undefined>(undefined);

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (!talk) throw new Error('outside of a room');
  return talk;
}
