/** How somebody is shown; `invisible` is told to themselves only. */
export type PresenceState = 'online' | 'away' | 'dnd' | 'invisible' | 'offline';

/** How one wants to be shown on all devices. */
export const CHOICES = ['online', 'dnd', 'invisible'] as const;
export type Choice = (typeof CHOICES)[number];

/** What somebody says of what they are about. */
export interface Status {
  text?: string;
  emoji?: string;
  until?: string;
}

export interface Seen {
  user: string;
  state: PresenceState;
  lastSeen?: string;
  status?: Status;
}

/** How people are whom this socket watches. Where it is not known, nothing is to be shown. */
export interface PresenceNews {
  version: number;
  known: boolean;
  people: Seen[];
}

/** Those of the commands that are about who is here, and who is writing. */
export interface PresenceCommands {
  'messages.typing': [{ room: string }, object];
  'presence.watch': [{ users: string[] }, PresenceNews];
  'presence.set': [
    { state?: 'active' | 'away' | Choice; status?: Status },
    { state?: Choice; status?: Status },
  ];
}
