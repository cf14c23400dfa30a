import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { Backoff } from '../src/client/backoff';
import { Failure } from '../src/client/failure';
import { uuidv7 } from '../src/client/ids';
import type { Post, Posted } from '../src/client/protocol';
import { Outbox } from '../src/state/outbox';
import { OutboxStore } from '../src/state/outbox-store';
import { ME } from './entries';
import { until } from './clock';

let store: OutboxStore;
let posts: Post[];
let server: (post: Post) => Promise<Posted>;

beforeEach(() => {
  store = new OutboxStore(uuidv7());
  posts = [];
  server = (post) => Promise.resolve(posted(post, posts.length));
});

function posted(post: Post, seq: number): Posted {
  return { ...post, seq, n: seq, at: '', cursor: '', id: '', duplicate: false };
}

const gone = new Map<string, () => Promise<void>>();

function outbox(tab = uuidv7(), alive: string[] = []): Outbox {
  const send = (post: Post) => {
    posts.push(post);
    return server(post);
  };
  const tabs = {
    own: tab,
    alive: () => Promise.resolve(new Set(alive)),
    whenGone: (other: string, work: () => Promise<void>) => void gone.set(other, work),
  };
  return new Outbox(ME, store, send, tabs, () => new Backoff(1, 2));
}

it('has written a post down before it is sent', async () => {
  let stored: string[] = [];
  server = async (post) => {
    stored = (await store.of(ME)).map((parcel) => parcel.cid);
    return posted(post, 1);
  };
  const box = outbox();
  const { cid } = await box.add('tea', 'hello');
  await until(() => box.parcels.value[0]?.seq === 1);
  expect(stored).toEqual([cid]);
  expect(await store.of(ME)).toEqual([]);
});

it('sends one after the other in a room, in the order of writing', async () => {
  const box = outbox();
  let answer = (): void => undefined;
  server = (post) => new Promise((resolve) => (answer = () => resolve(posted(post, posts.length))));
  await Promise.all(['one', 'two', 'three'].map((text) => box.add('tea', text)));
  for (const count of [1, 2, 3]) {
    await until(() => posts.length === count);
    answer();
  }
  expect(posts.map((post) => post.text)).toEqual(['one', 'two', 'three']);
});

it('repeats a post of unknown outcome with the same cid, and nothing passes it', async () => {
  const box = outbox();
  const outcomes = ['TIMEOUT', 'UNAVAILABLE', 'RATE_LIMITED'] as const;
  server = (post) => {
    const reason = outcomes[posts.length - 1];
    return reason
      ? Promise.reject(new Failure(reason, 'later', { retryAfterMs: '1' }))
      : Promise.resolve(posted(post, posts.length));
  };
  await box.add('tea', 'one');
  await box.add('tea', 'two');
  await until(() => posts.length === 5);
  expect(posts.map((post) => post.text)).toEqual(['one', 'one', 'one', 'one', 'two']);
  expect(new Set(posts.slice(0, 4).map((post) => post.cid)).size).toBe(1);
});

it('says until when a room has to wait', async () => {
  const box = outbox();
  server = () => Promise.reject(new Failure('SLOW_MODE', 'wait', { retryAfterMs: '60000' }));
  await box.add('tea', 'one');
  await until(() => box.waits.value.has('tea'));
  expect(box.waits.value.get('tea')).toMatchObject({ reason: 'SLOW_MODE' });
  box.stop();
});

it('keeps a refused post with its reason, and goes on with the next', async () => {
  const box = outbox();
  server = (post) =>
    post.text === 'bad'
      ? Promise.reject(new Failure('TOO_LARGE', 'a message may have at most 3 characters'))
      : Promise.resolve(posted(post, 7));
  const bad = await box.add('tea', 'bad');
  await box.add('tea', 'good');
  await until(() => posts.length === 2 && box.parcels.value[1]?.seq === 7);
  expect(box.parcels.value[0]?.failure).toMatchObject({ reason: 'TOO_LARGE' });
  expect((await store.of(ME)).map((parcel) => parcel.failure?.reason)).toEqual(['TOO_LARGE']);

  server = (post) => Promise.resolve(posted(post, 8));
  box.retry(bad.cid);
  await until(() => box.parcels.value[0]?.seq === 8);
  expect(posts[2]).toEqual(posts[0]);
});

it('forgets what is discarded', async () => {
  const box = outbox();
  server = () => Promise.reject(new Failure('MUTED', 'not now'));
  const { cid } = await box.add('tea', 'one');
  await until(() => box.parcels.value[0]?.failure !== undefined);
  box.discard(cid);
  expect(box.parcels.value).toEqual([]);
  await until(() => posts.length === 1);
  expect(await store.of(ME)).toEqual([]);
});

it('survives the page: the next visit sends what was left, in order, with the same cids', async () => {
  const box = outbox();
  server = () => Promise.reject(new Failure('UNAVAILABLE', 'offline', { retryAfterMs: '60000' }));
  const cids: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    cids.push((await box.add('tea', text)).cid);
  }
  box.stop();
  posts = [];
  server = (post) => Promise.resolve(posted(post, posts.length));
  await outbox().restore();
  await until(() => posts.length === 3);
  expect(posts.map((post) => post.cid)).toEqual(cids);
});

it('leaves alone what another living tab is sending, and takes it over when that tab is gone', async () => {
  server = () => Promise.reject(new Failure('UNAVAILABLE', 'offline', { retryAfterMs: '60000' }));
  const box = outbox('first');
  await box.add('tea', 'one');
  const alive = ['first'];
  const second = outbox('second', alive);
  await second.restore();
  expect(second.parcels.value).toEqual([]);
  box.stop();
  alive.length = 0;
  await gone.get('first')?.();
  expect(second.parcels.value.map((parcel) => parcel.text)).toEqual(['one']);
  second.stop();
});

it('takes the log as confirmation when the answer never came', async () => {
  const box = outbox();
  server = () => new Promise(() => undefined);
  const { cid } = await box.add('tea', 'one');
  box.said(cid);
  expect(box.parcels.value).toEqual([]);
  await until(() => posts.length === 1);
  expect(await store.of(ME)).toEqual([]);
});

it('shows a confirmed post until the timeline has reached it', async () => {
  const box = outbox();
  server = (post) => Promise.resolve(posted(post, 42));
  await box.add('tea', 'one');
  await until(() => box.parcels.value[0]?.seq === 42);
  box.reached('tea', 41);
  expect(box.parcels.value).toHaveLength(1);
  box.reached('tea', 42);
  expect(box.parcels.value).toEqual([]);
});
