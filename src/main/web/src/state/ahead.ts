import { emptied, reacted } from './apply';
import type { Mentioning } from './mentioning';
import type { Message } from './room';

/** A deletion: taken back until it is sent, and in force when its entry has come. */
export interface Deleting {
  sent: boolean;
  seq: number | undefined;
}

/** What one wants of an emoji at a message, and the entry that made it so. */
export interface Reacting {
  wanted: boolean;
  busy: boolean;
  seq: number | undefined;
}

/** Words that the server has taken, and the entry that will bring them. */
export interface Reworded {
  text: string;
  mentioning: Mentioning;
  seq: number;
}

/** What one has done to a message and its log has not told here yet. */
export interface Ahead {
  room: string;
  target: number;
  deleting?: Deleting | undefined;
  reworded?: Reworded | undefined;
  reacting: ReadonlyMap<string, Reacting>;
}

/** The name of a message among all rooms. */
export function keyOf(room: string, seq: number): string {
  return `${room} ${seq}`;
}

/** A message as its reader has made it, before the log says so. What the log says already changes nothing here. */
export function seen(said: Message, ahead: Ahead | undefined): Message {
  if (!ahead || said.deleted) {
    return said;
  }
  if (ahead.deleting) {
    return emptied(said);
  }
  const { reworded } = ahead;
  const now =
    reworded && reworded.seq > said.rev
      ? {
          ...said,
          text: reworded.text,
          mentions: reworded.mentioning.mentions ?? [],
          everybody: reworded.mentioning.mentionsRoom === true,
          edited: true,
        }
      : said;
  let { reactions } = now;
  for (const [emoji, { wanted }] of ahead.reacting) {
    const mine = reactions.some((one) => one.emoji === emoji && one.mine);
    if (mine !== wanted) reactions = reacted(reactions, emoji, wanted ? 1 : -1, true);
  }
  return { ...now, reactions };
}

/** What is left of it when everything up to a position has been heard; nothing when all of it has. */
export function unheard(ahead: Ahead, head: number): Ahead | undefined {
  const over = (seq: number | undefined) => seq !== undefined && seq <= head;
  const deleting = over(ahead.deleting?.seq) ? undefined : ahead.deleting;
  const reworded = over(ahead.reworded?.seq) ? undefined : ahead.reworded;
  const left = [...ahead.reacting].filter(([, { busy, seq }]) => busy || !over(seq));
  if (!deleting && !reworded && left.length === 0) {
    return undefined;
  }
  const same =
    deleting === ahead.deleting &&
    reworded === ahead.reworded &&
    left.length === ahead.reacting.size;
  return same ? ahead : { ...ahead, deleting, reworded, reacting: new Map(left) };
}
