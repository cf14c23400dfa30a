import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { EMPTY, type RoomState } from './room';

const ITEMS = 60;
const ROOMS = 100;
const QUOTES = 60;
const SHAPE = 5;

interface Snapshot {
  shape: number;
  rooms: RoomState[];
}

interface Schema extends DBSchema {
  snapshots: { key: string; value: Snapshot };
}

/** What an earlier visit saw of the rooms, so that the next one starts with it and asks only for what is new. */
export class Keepsakes {
  private readonly db: Promise<IDBPDatabase<Schema>>;

  constructor(name = 'parley-rooms') {
    this.db = openDB<Schema>(name, 1, { upgrade: (db) => db.createObjectStore('snapshots') });
  }

  async keep(user: string, rooms: readonly RoomState[]): Promise<void> {
    const snapshot = { shape: SHAPE, rooms: rooms.slice(0, ROOMS).map(small) };
    await (await this.db).put('snapshots', snapshot, user);
  }

  async recall(user: string): Promise<RoomState[]> {
    const snapshot = await (await this.db).get('snapshots', user);
    return snapshot?.shape === SHAPE ? snapshot.rooms : [];
  }

  async forget(user: string): Promise<void> {
    await (await this.db).delete('snapshots', user);
  }
}

/** The newest part of a room; a part that does not reach the present is of no use later. */
function small(room: RoomState): RoomState {
  const { timeline } = room;
  const useful = timeline.status === 'loaded' && !timeline.newer && room.missing === undefined;
  return {
    ...room,
    recent: [],
    quoted: new Map([...room.quoted].slice(-QUOTES)),
    hinted: 0,
    readElsewhere: undefined,
    missing: undefined,
    timeline: useful
      ? {
          ...timeline,
          items: timeline.items.slice(-ITEMS),
          older: timeline.older || timeline.items.length > ITEMS,
        }
      : EMPTY,
  };
}
