import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { keyOf, seen } from '../../state/ahead';
import type { Edit } from '../../state/editing';
import type { Message } from '../../state/room';
import { useHome } from '../context';
import { useTalk } from './talk';

/** A message with what one has just done to it; drawn again for what concerns this one only. */
export function useSeen(said: Message): Message {
  const { acts } = useHome();
  const { id } = useTalk().room.peek();
  const ahead = useMemo(() => computed(() => acts.at(id, said.seq)), [acts, id, said.seq]);
  return seen(said, ahead.value);
}

/** The other words that it is being put in. */
export function useEdit(seq: number): Edit | undefined {
  const { editing } = useHome().acts;
  const { id } = useTalk().room.peek();
  return useMemo(() => computed(() => editing.open.value.get(keyOf(id, seq))), [editing, id, seq])
    .value;
}
