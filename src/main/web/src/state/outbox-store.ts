import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Reason } from '../client/failure';
import type { Mentioning } from './mentioning';

/** A message that the server has not confirmed. */
export interface Parcel {
  cid: string;
  user: string;
  room: string;
  text: string;
  replyTo: number | undefined;
  /** The message in whose thread it is to stand. */
  thread?: number | undefined;
  /** Whom it mentions. */
  mentioning?: Mentioning;
  at: number;
  /** The tab that sends it, while that tab lives. */
  tab: string;
  /** Why it will not be sent unless somebody says so. */
  failure: { reason: Reason; detail: string } | undefined;
  /** Where it stands in the log, once the server has confirmed it; never stored. */
  seq?: number;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Parcel; indexes: { user: string } };
}

/** What survives a reload: unsent messages, in the browser's own database. */
export class OutboxStore {
  private readonly db: Promise<IDBPDatabase<Schema>>;

  constructor(name = 'parley') {
    this.db = openDB<Schema>(name, 1, {
      upgrade: (db) => {
        db.createObjectStore('outbox', { keyPath: 'cid' }).createIndex('user', 'user');
      },
    });
  }

  /** Written for good when this completes. */
  async put(parcel: Parcel): Promise<void> {
    const transaction = (await this.db).transaction('outbox', 'readwrite', {
      durability: 'strict',
    });
    await Promise.all([transaction.store.put(parcel), transaction.done]);
  }

  async remove(cid: string): Promise<void> {
    await (await this.db).delete('outbox', cid);
  }

  /** Nothing of a user stays. */
  async forget(user: string): Promise<void> {
    const transaction = (await this.db).transaction('outbox', 'readwrite');
    const cids = await transaction.store.index('user').getAllKeys(user);
    await Promise.all([...cids.map((cid) => transaction.store.delete(cid)), transaction.done]);
  }

  /** All of a user, in the order they were written. */
  async of(user: string): Promise<Parcel[]> {
    const parcels = await (await this.db).getAllFromIndex('outbox', 'user', user);
    return parcels.sort((a, b) => a.at - b.at || (a.cid < b.cid ? -1 : 1));
  }
}
