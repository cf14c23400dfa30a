import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OwnProfile } from '../src/state/own-profile';
import type { Home } from '../src/state/home';
import { keepProfileDraft, profileDraft, saveProfile } from '../src/views/settings/profile-draft';

const written = { name: 'Ada L.', about: 'Here' };
let answer: { resolve: () => void; reject: (why: Error) => void } | undefined;
let home: Pick<Home, 'me' | 'profile'>;

beforeEach(() => {
  answer = undefined;
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  const client = {
    read: () =>
      new Promise<object>((resolve, reject) => (answer = { resolve: () => resolve({}), reject })),
  };
  const profile = new OwnProfile(client as never, () => undefined);
  home = { me: { id: 'ada', name: 'Ada' }, profile };
  keepProfileDraft('ada', { name: 'Ada L.' });
});

afterEach(() => vi.unstubAllGlobals());

/** What the server can say to what is asked, when it is. */
async function asked() {
  const given = await vi.waitUntil(() => answer);
  answer = undefined;
  return given;
}

it('what is saved is no draft any more', async () => {
  const saving = saveProfile(home, { ...written, about: '' });
  (await asked()).resolve();
  await saving;
  expect(profileDraft('ada')).toEqual({});
});

it('what is written while it is saved stays', async () => {
  const saving = saveProfile(home, written);
  const server = await asked();
  keepProfileDraft('ada', { name: 'Ada Lovelace' });
  server.resolve();
  await saving;
  expect(profileDraft('ada')).toEqual({ name: 'Ada Lovelace' });
});

it('what could not be saved stays, but not after its writer has gone', async () => {
  const failing = saveProfile(home, written);
  (await asked()).reject(new Error('no'));
  await expect(failing).rejects.toThrow('no');
  expect(profileDraft('ada')).toEqual({ name: 'Ada L.' });

  const late = saveProfile(home, written);
  const server = await asked();
  keepProfileDraft('ada', {});
  server.reject(new Error('no'));
  await expect(late).rejects.toThrow('no');
  expect(profileDraft('ada')).toEqual({});
});
