import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Failure } from '../src/client/failure';
import { say, toast } from '../src/views/status/toast';
import { until } from './clock';

// The words and the way from page to page are those of a page; there is none here.
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('location', { pathname: '/', hash: '', search: '' });
vi.stubGlobal('addEventListener', () => undefined);
const { wishesFor } = await import('../src/views/room/wishes');

const done = () => Promise.resolve();
const membership = { favourite: vi.fn(done), hide: vi.fn(done) };
const room = { id: 'tea', favourite: false, hidden: false };

beforeEach(() => {
  membership.favourite.mockImplementation(done);
  membership.hide.mockImplementation(done);
});
afterEach(() => say(undefined));

function choose(label: string, of = room): void {
  const found = wishesFor(membership, of, () => undefined).find((one) => one.label === label);
  found!.run();
}

it('one favourite too many is told why it cannot be one', async () => {
  membership.favourite.mockImplementation(() =>
    Promise.reject(new Failure('TOO_LARGE', 'you have 100 favourites already', { limit: '100' })),
  );
  choose('Add to favourites');
  await until(() => toast.value?.text === 'You have 100 favourites already');
});

it('a room that cannot be put away is told why, and not what becomes of it', async () => {
  membership.hide.mockImplementation(() => Promise.reject(new Failure('UNAVAILABLE', 'no')));
  choose('Hide room');
  await until(() => toast.value?.text.startsWith('The server cannot be reached') === true);
});

it('a room that is put away comes back by itself, which is said', async () => {
  choose('Hide room');
  await until(() => toast.value?.text.startsWith('A hidden room comes back by itself') === true);
  expect(membership.hide).toHaveBeenCalledWith('tea', true);
});

it('what is seen to be done is not said as well', async () => {
  choose('Show in the list', { ...room, hidden: true });
  choose('Remove from favourites', { ...room, favourite: true });
  await until(() => membership.favourite.mock.calls.length > 0);
  await done();
  expect(toast.value).toBeUndefined();
});
