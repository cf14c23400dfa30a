import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Receipt, ReceiptNote, Receipts as Told, Step } from '../client/reading';

/** How far the others in a room are: by name, or in numbers. */
export interface RoomReceipts {
  /** Everybody but oneself; nothing where names are not told. */
  others: ReadonlyMap<string, Receipt> | undefined;
  counts: Told['counts'];
}

/** What has become of one's own message: how many it has come to, and who has read it. */
export interface Fate {
  is: 'sent' | 'delivered' | 'read';
  delivered: number;
  read: number;
  /** By whom, where names are told. */
  readers: readonly string[];
  receivers: readonly string[];
}

const NOTHING: RoomReceipts = { others: undefined, counts: undefined };
const SENT: Fate = { is: 'sent', delivered: 0, read: 0, readers: [], receivers: [] };

/** How far people are in the rooms that were on the screen. */
export class Receipts {
  private readonly rooms = new Map<string, Signal<RoomReceipts>>();

  constructor(private readonly me: string) {}

  of(room: string): ReadonlySignal<RoomReceipts> {
    return this.at(room);
  }

  /** What the server says when one comes into a room: everything. */
  opened(told: Told): void {
    const others = told.markers && this.byUser(told.markers);
    this.at(told.room).value = { others, counts: told.counts };
  }

  /** What a room is told in passing. */
  heard(room: string, note: ReceiptNote): void {
    const known = this.at(room);
    const { others } = known.value;
    if (note.markers) {
      const moved = [...this.byUser(note.markers)].map(
        ([user, marker]) => [user, further(others?.get(user), marker)] as const,
      );
      known.value = { ...known.value, others: new Map([...(others ?? []), ...moved]) };
    } else if (note.counts && others === undefined) {
      known.value = { others, counts: note.counts };
    }
  }

  clear(): void {
    this.rooms.clear();
  }

  private byUser(markers: readonly Receipt[]): Map<string, Receipt> {
    return new Map(
      markers.filter(({ user }) => user !== this.me).map((marker) => [marker.user, marker]),
    );
  }

  private at(room: string): Signal<RoomReceipts> {
    const known = this.rooms.get(room) ?? signal(NOTHING);
    this.rooms.set(room, known);
    return known;
  }
}

/** Notes may overtake each other; nobody goes back. */
function further(known: Receipt | undefined, told: Receipt): Receipt {
  return {
    ...told,
    delivered: Math.max(told.delivered, known?.delivered ?? 0),
    read: Math.max(told.read, known?.read ?? 0),
  };
}

/** What has become of a message of one's own at a place, in a room of so many. */
export function fateOf({ others, counts }: RoomReceipts, seq: number, members: number): Fate {
  if (others) {
    const there = [...others.values()].filter(({ since }) => since < seq);
    const readers = there.filter(({ read }) => read >= seq).map(({ user }) => user);
    const receivers = there.filter(({ delivered }) => delivered >= seq).map(({ user }) => user);
    return fate(there.length, receivers, readers);
  }
  if (counts && seq >= counts.from) {
    const later = at(counts.joined, seq);
    const read = Math.max(0, at(counts.read, seq) - later);
    const delivered = Math.max(0, at(counts.delivered, seq) - later);
    const there = Math.max(1, members - 1 - later);
    return { ...SENT, is: named(there, delivered, read), delivered, read };
  }
  return SENT;
}

function fate(there: number, receivers: string[], readers: string[]): Fate {
  const [delivered, read] = [receivers.length, readers.length];
  return { is: named(there, delivered, read), delivered, read, readers, receivers };
}

/** It counts as come when it has come to all who were there, and so does reading. */
function named(there: number, delivered: number, read: number): Fate['is'] {
  if (there > 0 && read >= there) return 'read';
  return there > 0 && delivered >= there ? 'delivered' : 'sent';
}

function at(steps: readonly Step[], seq: number): number {
  return steps.reduce((most, step) => (step.seq >= seq ? Math.max(most, step.members) : most), 0);
}
