import { describe, expect, it } from 'vitest';
import type { Entry } from '../src/client/protocol';
import { apply } from '../src/state/apply';
import { ASKED } from './asked';
import { channelOf, document, judge, pointer } from './descriptions';
import { freshRoom } from './entries';
import { recorded } from './recorded';

describe('what was recorded', () => {
  const { me, frames } = recorded;
  const sent = frames.filter(({ type }) => type === 'send');
  const heard = frames.filter(({ type, body }) => type === 'rec' && body?.kind !== undefined);

  it('has every command and its answer, as described', () => {
    const tried = new Set<string>();
    for (const { address = '', body, replyAddress } of sent) {
      const [name, channel] = channelOf(address);
      const request = judge(`${pointer(channel!.messages.request!.$ref)}/payload`);
      expect(request(body), `${address} ${JSON.stringify(request.errors)}`).toBe(true);
      const answer = frames.find((one) => one.from === 'server' && one.address === replyAddress);
      const [told] = document.operations[name]!.reply!.messages;
      const reply = judge(`${pointer(told!.$ref)}/payload`);
      expect(reply(answer?.body), `${address} ${JSON.stringify(reply.errors)}`).toBe(true);
      tried.add(address);
    }
    expect([...tried, 'session.renew'].sort()).toEqual(Object.keys(ASKED).sort());
  });

  it('has events as described', () => {
    const { messages } = document.components;
    for (const { body } of heard) {
      const event = judge(
        `#/components/messages/kind_${String(body!.kind).replace('.', '_')}/payload`,
      );
      expect(event(body), `${JSON.stringify(body)} ${JSON.stringify(event.errors)}`).toBe(true);
    }
    const kinds = new Set(heard.map(({ body }) => body!.kind));
    expect(Object.keys(messages)).toEqual(expect.arrayContaining(['kind_message']));
    for (const kind of [
      'ready',
      'join',
      'message',
      'leave',
      'kick',
      'role',
      'rename',
      'topic',
      'typing',
      'presence',
      'edit',
      'react',
      'unreact',
      'delete',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('is understood: entry by entry the room becomes what the server says it is', () => {
    const history = frames.find(({ body }) => Array.isArray(body?.entries))!.body!;
    const entries = history.entries as Entry[];
    const room = entries.reduce(
      (state, entry) => {
        const { room: next, outcome } = apply(state, entry, me);
        expect(outcome).toBe('applied');
        return next;
      },
      { ...freshRoom(), memberCount: 1 },
    );
    const head = history.asOf as { seq: number; n: number; cursor: string };
    expect(room).toMatchObject({ seq: head.seq, n: head.n, cursor: head.cursor });
    const view = frames.find(({ body }) => body?.memberCount !== undefined && body.name !== '')!;
    expect(view.body!.memberCount).toBe(1);
    expect(room.memberCount).toBe(1);
    const shown = room.timeline.items.map((item) =>
      item.is === 'message' ? item.text : item.kind,
    );
    expect(shown).toEqual(['create', 'join', 'Hello', 'Hi', 'leave', 'join', 'kick']);
    // What came live is what is in the history.
    const live = heard.map(({ body }) => body as unknown as Entry).filter(({ seq }) => seq > 0);
    const own = live.filter((entry) => entry.room === entries[0]!.room);
    expect(own.slice(0, 6)).toEqual(entries.slice(1));
  });
});
