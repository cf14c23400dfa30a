import { computed, effect, signal } from '@preact/signals';
import { serverNow } from '../client/clock';
import type { Rooms } from './rooms';

/** Timers know no longer time than some weeks. */
const LONGEST_MS = 86_400_000;
/** By then a snooze has ended by the server's clock as well. */
const SURELY_MS = 5_000;

/**
 * Ends snoozes when their time has come, so that what they kept back is counted from then on, and may bring back what was
 * put away. Answers what ends this.
 */
export function endSnoozes(rooms: Pick<Rooms, 'order' | 'change' | 'look'>): () => void {
  const looks = new Set<ReturnType<typeof setTimeout>>();
  const look = (id: string) => {
    const timer = setTimeout(() => {
      looks.delete(timer);
      rooms.look(id);
    }, SURELY_MS);
    looks.add(timer);
  };
  const turn = signal(0);
  const next = computed(() =>
    rooms.order.value.reduce(
      (first, room) => Math.min(first, room.value.snoozedUntil ?? Infinity),
      Infinity,
    ),
  );
  const end = () => {
    for (const room of rooms.order.peek()) {
      const { id, hidden, snoozedUntil = Infinity } = room.peek();
      if (snoozedUntil <= serverNow()) {
        rooms.change(id, (known) => ({ ...known, snoozedUntil: undefined }));
        if (hidden) look(id);
      }
    }
    turn.value++;
  };
  const stop = effect(() => {
    const [due] = [next.value, turn.value];
    if (due === Infinity) return undefined;
    const timer = setTimeout(end, Math.min(Math.max(0, due - serverNow()), LONGEST_MS));
    return () => clearTimeout(timer);
  });
  return () => {
    stop();
    looks.forEach((timer) => clearTimeout(timer));
  };
}
