import { uuidv7 } from '../src/client/ids';
import type { Banned } from '../src/client/moderation';
import type { Entry, Member, Person, RoomType, RoomView } from '../src/client/protocol';
import type { Receipt } from '../src/client/reading';
import { told, wishes } from './fake-beside';

/** A room's log as the development server keeps it: in memory, numbered without holes. */
export class FakeRoom {
  readonly id = uuidv7();
  readonly entries: Entry[] = [];
  readonly members = new Map<string, Member>();
  readonly read = new Map<string, number>();
  readonly bans = new Map<string, Banned>();
  /** When people wrote last, by the server's clock. */
  readonly wrote = new Map<string, number>();
  archived = false;
  slowMode = 0;
  readonly delivered = new Map<string, number>();
  /** The furthest that people have read. */
  readonly seen = new Map<string, number>();
  readonly joined = new Map<string, number>();
  readonly marks = new Map<string, number>();
  epoch = 'e1';
  private n = 0;

  constructor(
    readonly type: RoomType,
    public name: string,
    public description: string,
    creator: Person,
  ) {
    this.add('create', creator, { type, name, description });
    this.members.set(creator.id, member(creator, 'owner'));
    this.read.set(creator.id, 1);
    this.joined.set(creator.id, 1);
  }

  get head(): number {
    return this.entries.length;
  }

  cursor(seq = this.head): string {
    return `${this.epoch}:${seq}`;
  }

  /** The position of a cursor; nothing when it does not fit this log. */
  position(cursor: string): number | undefined {
    const [epoch, seq] = cursor.split(':');
    const at = Number(seq);
    return epoch === this.epoch && at <= this.head ? at : undefined;
  }

  join(person: Person): Entry | undefined {
    if (this.members.has(person.id)) return undefined;
    this.members.set(person.id, member(person, 'member'));
    const entry = this.add('join', person, { user: person, members: this.members.size });
    this.read.set(person.id, entry.seq);
    this.joined.set(person.id, entry.seq);
    return entry;
  }

  leave(person: Person): Entry | undefined {
    return this.members.delete(person.id)
      ? this.add('leave', person, { user: person, members: this.members.size })
      : undefined;
  }

  give(by: Person, user: string, role: Member['role']): Entry | undefined {
    const there = this.members.get(user);
    if (!there || there.role === role) return undefined;
    this.members.set(user, { ...there, role });
    return this.add('role', by, { user: { id: user, name: there.name }, role });
  }

  update(by: Person, name?: string, description?: string, slowMode?: number): Entry[] {
    const entries: Entry[] = [];
    if (slowMode !== undefined && slowMode !== this.slowMode) {
      this.slowMode = slowMode;
      entries.push(this.add('slowmode', by, { seconds: slowMode }));
    }
    if (name !== undefined && name !== this.name) {
      this.name = name;
      entries.push(this.add('rename', by, { name }));
    }
    if (description !== undefined && description !== this.description) {
      this.description = description;
      entries.push(this.add('topic', by, { description }));
    }
    return entries;
  }

  post(
    author: Person,
    text: string,
    cid: string,
    more: object = {},
    thread?: number,
  ): { entry: Entry; duplicate: boolean } {
    const stood = this.entries.find((entry) => entry.cid === cid && entry.author?.id === author.id);
    if (stood) return { entry: stood, duplicate: true };
    if (thread === undefined) this.n++;
    const entry = this.add('message', author, { text, ...more }, cid);
    if (thread !== undefined) entry.thread = thread;
    return { entry, duplicate: false };
  }

  change(
    kind: 'edit' | 'delete' | 'pin' | 'unpin',
    author: Person,
    target: number,
    text?: string,
  ): Entry {
    const entry = this.add(kind, author, text === undefined ? {} : { text });
    entry.target = target;
    return entry;
  }

  /** Unread messages that mention somebody. */
  mentioning(user: string): number[] {
    const read = this.read.get(user) ?? 0;
    return this.entries
      .filter(({ kind, seq, author }) => kind === 'message' && seq > read && author?.id !== user)
      .filter(({ thread }) => thread === undefined)
      .filter(({ body }) => {
        const named = Array.isArray(body?.mentions) && body.mentions.includes(user);
        return named || body?.mentionsRoom === true;
      })
      .map(({ seq }) => seq);
  }

  /** How far somebody is, at the furthest. */
  receipt(user: string): Receipt {
    const read = Math.max(this.seen.get(user) ?? 0, this.read.get(user) ?? 0);
    const delivered = Math.max(this.delivered.get(user) ?? 0, read);
    return { user, delivered, read, since: this.joined.get(user) ?? 0 };
  }

  view(user: string): RoomView {
    const own = this.members.get(user);
    const peer = [...this.members.values()].find((one) => one.id !== user);
    const read = this.read.get(user) ?? 0;
    const counted = this.entries.filter(
      ({ kind, thread }) => kind === 'message' && thread === undefined,
    );
    const unread = counted.filter(({ seq, author }) => seq > read && author?.id !== user).length;
    const last = counted.at(-1);
    return {
      id: this.id,
      name: this.type === 'direct' ? (peer?.name ?? '') : this.name,
      description: this.description,
      type: this.type,
      createdAt: this.entries[0]?.at ?? '',
      memberCount: this.members.size,
      archived: this.archived,
      slowMode: this.slowMode,
      ...told(this, user),
      ...(this.type === 'direct' && peer ? { peer: peer.id } : {}),
      ...(own
        ? {
            membership: {
              role: own.role,
              joinedAt: own.joinedAt,
              head: this.head,
              cursor: this.cursor(),
              n: this.n,
              at: this.entries.at(-1)?.at ?? '',
              read,
              unread,
              ...(own.mutedUntil === undefined ? {} : { mutedUntil: own.mutedUntil }),
              mentions: this.mentioning(user).length,
              marks: this.marks.get(user) ?? 0,
              ...wishes(this, user),
            },
          }
        : {}),
      ...(own && last ? { last } : {}),
    };
  }

  add(kind: string, author: Person, body: object, cid: string = uuidv7()): Entry {
    const seq = this.entries.length + 1;
    const entry: Entry = {
      kind,
      room: this.id,
      seq,
      n: this.n,
      cursor: this.cursor(seq),
      id: uuidv7(),
      cid,
      at: new Date().toISOString(),
      author: { id: author.id, name: author.name },
      body: body as Record<string, unknown>,
    };
    this.entries.push(entry);
    return entry;
  }
}

function member(person: Person, role: Member['role']): Member {
  return { id: person.id, name: person.name, role, joinedAt: new Date().toISOString() };
}
