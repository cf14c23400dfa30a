import type { Person, RoomView } from './protocol';

/** A link into a room. */
export interface Invite {
  id: string;
  by: Person;
  madeAt: string;
  expiresAt: string;
  maxUses: number;
  /** How many people have come by it. */
  uses: number;
}

/** What a link leads into. */
export interface Invited {
  room: string;
  name: string;
  type: 'public' | 'private';
  memberCount: number;
  /** Whether one is there already. */
  member: boolean;
}

/** Links into rooms: arguments and answers. */
export interface InviteCommands {
  'rooms.invite': [
    { room: string; seconds?: number; uses?: number },
    { token: string; invite: Invite },
  ];
  'rooms.invites': [{ room: string }, { invites: Invite[] }];
  'rooms.uninvite': [{ room: string; invite: string }, object];
  'rooms.invited': [{ token: string }, Invited];
  'rooms.accept': [{ token: string }, RoomView];
}
