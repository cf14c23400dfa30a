import type { Result } from '../src/client/search';
import { Refusal, type Command } from './fake-commands';

/** What the server in memory finds: words without regard to case, from:me, has:link, and pages. */
export const search: Command = (server, user, body) => {
  const { query, room, after } = body as { query: string; room?: string; after?: string };
  const limit = Number(body.limit ?? 20);
  const words = query.split(/\s+/).filter((word) => word !== '');
  const has = words.find((word) => word.startsWith('has:') && word !== 'has:link');
  if (has !== undefined) {
    throw new Refusal(4000, 'INVALID field=query rule=has: query can look for has:link only');
  }
  const plain = words
    .filter((word) => !/^(from|has):/.test(word))
    .map((word) => word.toLowerCase());
  const found: Result[] = [...server.rooms.values()]
    .filter((one) => one.members.has(user.id) && (room === undefined || one.id === room))
    .flatMap((one) => one.entries.map((message) => ({ room: one.id, message })))
    .filter(({ message }) => message.kind === 'message')
    .filter(({ message }) => !words.includes('from:me') || message.author?.id === user.id)
    .map(({ room: id, message }) => {
      const said = typeof message.body?.text === 'string' ? message.body.text : '';
      const highlights = plain.flatMap((word) => {
        const start = said.toLowerCase().indexOf(word);
        return start < 0 ? [] : [{ start, end: start + word.length }];
      });
      highlights.sort((a, b) => a.start - b.start);
      return { room: id, seq: message.seq, message, highlights };
    })
    .filter(({ message, highlights }) => {
      const linked = /https?:\/\/\S/.test(String(message.body?.text));
      return highlights.length === plain.length && (linked || !words.includes('has:link'));
    })
    .sort((a, b) => b.message.at.localeCompare(a.message.at) || b.seq - a.seq);
  const from = Number(after ?? 0);
  const more = found.length > from + limit;
  return {
    results: found.slice(from, from + limit),
    ...(more ? { next: String(from + limit) } : {}),
  };
};
