/**
 * Two people talk through the unmodified official event-bus client. Runs in Node and, as source text, in a page.
 *
 * Resolves with what each of them saw; rejects after twenty seconds.
 */
export async function conversation(EventBus, { url, room, tokens, transport }) {
  const patience = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no end to it on ${transport}`)), 20_000);
  });

  const open = (token) =>
    new Promise((resolve) => {
      const bus = new EventBus(url, { transports: transport });
      bus.defaultHeaders = { Authorization: `Bearer ${token}` };
      bus.onerror = () => {};
      bus.onopen = () => resolve(bus);
    });

  const send = (bus, address, body) =>
    new Promise((resolve, reject) => {
      bus.send(address, body, {}, (refusal, reply) =>
        refusal ? reject(refusal) : resolve(reply.body),
      );
    });

  /** Listens from a cursor; `until(n)` resolves when n messages came, `ready` when it is caught up. */
  const listen = (bus, cursor) => {
    const heard = { texts: [], cursor, refusals: [] };
    let wake = () => {};
    const when = (test) =>
      new Promise((resolve) => {
        const look = () => (test() ? resolve(heard) : (wake = look));
        look();
      });
    heard.ready = new Promise((resolve) => {
      bus.registerHandler(`room.${room}`, cursor ? { cursor } : {}, (refusal, message) => {
        if (refusal) {
          heard.refusals.push(refusal.failureCode);
          return;
        }
        const entry = message.body;
        heard.cursor = entry.cursor ?? heard.cursor;
        if (entry.kind === 'ready') resolve(entry);
        if (entry.kind === 'message') heard.texts.push(entry.body.text);
        wake();
      });
    });
    heard.until = (count) => when(() => heard.texts.length >= count);
    return heard;
  };

  const talk = async () => {
    const ann = await open(tokens[0]);
    const bob = await open(tokens[1]);
    const annHears = listen(ann);
    const bobHears = listen(bob);
    await Promise.all([annHears.ready, bobHears.ready]);
    for (const text of ['one', 'two', 'three']) {
      await send(ann, 'messages.post', { room, cid: `${transport}-${text}`, text });
    }
    await send(bob, 'messages.post', { room, cid: `${transport}-four`, text: 'four' });
    await Promise.all([annHears.until(4), bobHears.until(4)]);

    const unknown = await send(ann, 'persistence.users', {}).catch((refusal) => refusal);
    const notMember = await send(ann, 'messages.post', {
      room: '00000000-0000-7000-8000-000000000000',
      text: 'x',
    }).catch((refusal) => refusal);

    bob.close();
    await send(ann, 'messages.post', { room, cid: `${transport}-five`, text: 'five' });
    const again = await open(tokens[1]);
    const bobResumes = listen(again, bobHears.cursor);
    await Promise.all([bobResumes.ready, bobResumes.until(1)]);
    ann.close();
    again.close();
    return {
      transport,
      ann: annHears.texts,
      bob: bobHears.texts,
      resumed: bobResumes.texts,
      unknown: [unknown.failureCode, unknown.failureType],
      notMember: [notMember.failureCode, notMember.message.split(':')[0]],
    };
  };

  return Promise.race([talk(), patience]);
}
