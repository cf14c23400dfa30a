import type { Posted } from './protocol';

interface Act {
  room: string;
  target: number;
  cid: string;
}

/** Those of the commands that do something with a message. */
export interface ActsCommands {
  'messages.edit': [Act & { text: string; mentions?: string[]; mentionsRoom?: boolean }, Posted];
  'messages.delete': [Act, Posted];
  'messages.react': [Act & { emoji: string }, Posted];
  'messages.unreact': [Act & { emoji: string }, Posted];
  'messages.pin': [Act, Posted];
  'messages.unpin': [Act, Posted];
  'messages.forward': [Act & { to: string }, Posted];
}
