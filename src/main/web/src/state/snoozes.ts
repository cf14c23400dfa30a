import { computed, effect, signal } from '@preact/signals';
import type { Rooms } from './rooms';

/** Timers know no longer time than some weeks. */
const LONGEST_MS = 86_400_000;

/** Ends snoozes when their time has come, so that what they kept back is counted from then on. Answers what ends this. */
export function endSnoozes(rooms: Pick<Rooms, 'order' | 'change'>): () => void {
  const turn = signal(0);
  const next = computed(() =>
    rooms.order.value.reduce(
      (first, room) => Math.min(first, room.value.snoozedUntil ?? Infinity),
      Infinity,
    ),
  );
  const end = () => {
    for (const room of rooms.order.peek()) {
      const { id, snoozedUntil = Infinity } = room.peek();
      if (snoozedUntil <= Date.now()) {
        rooms.change(id, (known) => ({ ...known, snoozedUntil: undefined }));
      }
    }
    turn.value++;
  };
  return effect(() => {
    const [due] = [next.value, turn.value];
    if (due === Infinity) return undefined;
    const timer = setTimeout(end, Math.min(Math.max(0, due - Date.now()), LONGEST_MS));
    return () => clearTimeout(timer);
  });
}
