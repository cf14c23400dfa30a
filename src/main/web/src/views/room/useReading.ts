import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { unread, type RoomState } from '../../state/room';
import { useHome } from '../context';

export interface Reading {
  /** The unread line stands after this position, as it was when one came. */
  line: number | undefined;
  /** The newest message is on the screen, or it no longer is. */
  seen(bottom: boolean): void;
}

/** Marks as read what somebody really has before their eyes, and remembers where the new began. */
export function useReading(room: Signal<RoomState>, loaded: boolean): Reading {
  const home = useHome();
  const [line, setLine] = useState<number>();
  const atBottom = useRef(false);

  const mark = () => {
    if (atBottom.current && document.visibilityState === 'visible' && document.hasFocus()) {
      home.markRead(room.peek().id);
    }
  };
  const arrive = () => {
    const state = room.peek();
    if (unread(state) > 0) setLine(state.read);
    mark();
  };
  useEffect(() => {
    if (loaded) arrive();
  }, [loaded]);
  useEffect(() => {
    window.addEventListener('focus', arrive);
    document.addEventListener('visibilitychange', arrive);
    return () => {
      window.removeEventListener('focus', arrive);
      document.removeEventListener('visibilitychange', arrive);
    };
  }, []);
  const { seq, readElsewhere } = room.value;
  useEffect(mark, [seq]);
  useEffect(() => {
    if (line !== undefined && readElsewhere !== undefined && readElsewhere > line) {
      setLine(unread(room.peek()) > 0 ? readElsewhere : undefined);
    }
  }, [readElsewhere]);
  return {
    line,
    seen: (bottom) => {
      atBottom.current = bottom;
      if (bottom) mark();
    },
  };
}
