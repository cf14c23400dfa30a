import type { Entry, Target } from './protocol';

/** A thread as it stands for one; what is unread is counted by the server. */
export interface FollowedThread {
  room: string;
  /** The message that it begins with. */
  thread: number;
  following: boolean;
  /** Where one's marker stands, and how many messages of the thread up to there. */
  read: number;
  n: number;
  replies: number;
  /** The newest message, or the first where there is none. */
  last: number;
  at: string;
  unread: number;
  mentions: number;
}

/** Following threads, and saying how far one has read them. */
export interface ThreadCommands {
  'threads.list': [
    { room?: string; unread?: boolean; after?: string; limit?: number },
    { threads: FollowedThread[]; roots: Entry[]; next?: string },
  ];
  'threads.get': [Target, FollowedThread];
  'threads.follow': [Target, FollowedThread];
  'threads.unfollow': [Target, FollowedThread];
  'threads.read': [Target & { seq: number }, FollowedThread];
}
