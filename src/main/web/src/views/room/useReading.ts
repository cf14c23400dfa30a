import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { mentions, unread, type RoomState } from '../../state/room';
import { useHome } from '../context';

const NOWHERE: readonly number[] = [];

export interface Reading {
  /** The unread line stands after this position, as it was when one came. */
  line: number | undefined;
  /** Where one is mentioned by what was unread then. */
  mentions: readonly number[];
  /** The newest message is on the screen, or it no longer is. */
  seen(bottom: boolean): void;
}

/** Marks as read what somebody really has before their eyes, and remembers where the new began. */
export function useReading(room: Signal<RoomState>, loaded: boolean): Reading {
  const home = useHome();
  const [line, setLine] = useState<number>();
  const [places, setPlaces] = useState(NOWHERE);
  const atBottom = useRef(false);

  const mark = () => {
    if (atBottom.current && document.visibilityState === 'visible' && document.hasFocus()) {
      home.reader.markRead(room.peek().id);
    }
  };
  const arrive = () => {
    const state = room.peek();
    home.reader.returned(state.id);
    if (unread(state) > 0) setLine(state.read);
    if (mentions(state) === 0) {
      mark();
      return;
    }
    // What is about to be read is asked for first.
    home.reader.whereMentioned(state.id).then(
      (found) => {
        setPlaces(found);
        mark();
      },
      () => mark(),
    );
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
  const { seq, readElsewhere, marks } = room.value;
  const marked = useRef(marks);
  useEffect(() => {
    if (marks !== marked.current) {
      marked.current = marks;
      setLine(unread(room.peek()) > 0 ? room.peek().read : undefined);
    }
  }, [marks]);
  useEffect(mark, [seq]);
  useEffect(() => {
    if (line !== undefined && readElsewhere !== undefined && readElsewhere > line) {
      setLine(unread(room.peek()) > 0 ? readElsewhere : undefined);
    }
  }, [readElsewhere]);
  return {
    line,
    mentions: places,
    seen: (bottom) => {
      atBottom.current = bottom;
      if (bottom) mark();
    },
  };
}
