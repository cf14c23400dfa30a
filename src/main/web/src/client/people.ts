import type { Person } from './protocol';

/** What everybody is called whose account is no more. */
export const DELETED = 'Deleted account';

/** Who may know something; contacts are those whom its owner has added. */
export const POLICIES = ['everyone', 'contacts', 'nobody'] as const;
export type Policy = (typeof POLICIES)[number];

/** What one wants to be called for, where a room says nothing else. */
export const CALLS = ['all', 'mentions', 'nothing'] as const;
export type Calls = (typeof CALLS)[number];

/** What one says of oneself, and for whom it is. */
export interface OwnProfile extends Person {
  about: string;
  lastSeenFor: Policy;
  photoFor: Policy;
  /** Servers of the version before do not say. */
  notifications?: Calls;
}

/** A person, as far as they are for the one who looks. */
export interface PersonSeen extends Person {
  about?: string;
  lastSeen?: string;
  contact: boolean;
  contactName?: string;
  blocked: boolean;
}

export interface Contact extends Person {
  /** What the caller calls them. */
  contactName?: string;
  addedAt: string;
}

export interface Blocked extends Person {
  blockedAt: string;
}

interface Somebody {
  user: string;
}

interface Page {
  after?: string | undefined;
  limit?: number;
}

/** Those of the commands that are about people. */
export interface PeopleCommands {
  'users.search': [Page & { query?: string }, { users: Person[]; next?: string }];
  'users.get': [Somebody, PersonSeen];
  'profile.get': [object, OwnProfile];
  'profile.update': [
    {
      name?: string;
      about?: string;
      lastSeenFor?: Policy;
      photoFor?: Policy;
      notifications?: Calls;
    },
    OwnProfile,
  ];
  'contacts.add': [Somebody & { name?: string }, Contact];
  'contacts.remove': [Somebody, object];
  'contacts.list': [Page, { contacts: Contact[]; next?: string }];
  'contacts.block': [Somebody, object];
  'contacts.unblock': [Somebody, object];
  'contacts.blocked': [Page, { blocked: Blocked[]; next?: string }];
}
