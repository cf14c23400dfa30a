import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';

/** Says new messages of others to those who listen instead of look. */
export function Announcer({ room }: { room: Signal<RoomState> }) {
  const { me } = useHome();
  const { last } = room.value;
  const heard = useRef(last?.seq);
  const [line, setLine] = useState('');
  useEffect(() => {
    if (last && last.seq !== heard.current) {
      const fresh = heard.current !== undefined && last.author.id !== me.id;
      heard.current = last.seq;
      if (fresh) setLine(words().saidBy(last.author.name, last.text.slice(0, 300)));
    }
  }, [last?.seq]);
  return (
    <p aria-live="polite" class="sr-only">
      {line}
    </p>
  );
}
