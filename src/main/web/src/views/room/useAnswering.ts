import { signal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { memory } from '../../state/browser';

/** Which message the next one answers: kept, like the draft itself, until that is sent. */
export function useAnswering(user: string, room: string): Signal<number | undefined> {
  const key = `parley.draft.${user}.${room}.answer`;
  const answering = useMemo(() => {
    const kept = Number(memory.get(key));
    return signal(Number.isInteger(kept) && kept > 0 ? kept : undefined);
  }, [key]);
  useEffect(
    () =>
      answering.subscribe((seq) => memory.set(key, seq === undefined ? undefined : String(seq))),
    [key],
  );
  return answering;
}
