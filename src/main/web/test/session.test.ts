import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Failure } from '../src/client/failure';
import { Identity } from '../src/client/identity';
import type { Rest } from '../src/client/rest';
import { Session } from '../src/client/session';
import { until } from './clock';
import { FakeServer } from './fake-server';
import { Jar } from './tabs';

let server: FakeServer;
let url: string;

beforeEach(async () => {
  server = new FakeServer();
  url = await server.listen();
});
afterEach(() => server.close());

const refusal = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (thrown: unknown) => thrown as Failure,
  );

/** Somebody who has just signed up, in a browser of their own. */
async function newcomer(email = 'ada@example.org') {
  const jar = new Jar();
  const rest: Rest = jar.rest(() => url);
  const session = new Session(rest, jar.exclusively);
  const account = await session.signUp({ name: 'Ada', email, password: 'correct horse' });
  return { jar, rest, session, account, identity: new Identity(rest, session) };
}

it('two tabs that renew at once both go on', async () => {
  const { jar, session, account } = await newcomer();
  const other = new Session(
    jar.rest(() => url),
    jar.exclusively,
  );
  other.resume(account.id);
  const tokens = await Promise.all([session.refresh(), other.refresh(), session.refresh()]);
  expect(tokens[0]).toBe(tokens[2]);
  expect(server.refreshes).toBe(2);
  expect(server.sessions.size).toBe(1);
});

it('does not go on with the session of whoever signed in since in this browser', async () => {
  const { jar, session } = await newcomer();
  const learnt: string[] = [];
  session.learnt = ({ id }) => learnt.push(id);
  const ben = await new Session(
    jar.rest(() => url),
    jar.exclusively,
  ).signUp({ name: 'Ben', username: 'ben', password: 'correct horse' });
  const failure = await refusal(session.refresh());
  expect(failure).toMatchObject({ reason: 'SESSION_REVOKED', details: { other: 'true' } });
  expect(learnt).toEqual([]);
  expect(ben.name).toBe('Ben');
});

it('a renewal that is answered after signing out leaves nothing behind', async () => {
  const { jar, session } = await newcomer();
  let answer: () => void = () => undefined;
  jar.slow = new Promise((resolve) => (answer = () => resolve(undefined)));
  const renewal = refusal(session.refresh());
  await until(() => server.refreshes === 1);
  session.forget();
  answer();
  expect((await renewal).reason).toBe('SESSION_REVOKED');
  expect(session.renewalDueMs()).toBeUndefined();
});

it('learns with every renewal what the server says of the account', async () => {
  const { session, identity } = await newcomer();
  const learnt: (string | undefined)[] = [];
  session.learnt = ({ emailVerifiedAt }) => learnt.push(emailVerifiedAt);
  await session.refresh();
  await identity.verifyEmail(server.sent[0]!.token);
  await session.refresh();
  expect(learnt[0]).toBeUndefined();
  expect(learnt[1]).toMatch(/^\d{4}-/);
});

it('a link works once, and only the newest does', async () => {
  const { identity } = await newcomer();
  await identity.resendVerification();
  const [old, fresh] = server.sent.map(({ token }) => token);
  expect((await refusal(identity.verifyEmail(old!))).reason).toBe('GONE');
  await identity.verifyEmail(fresh!);
  expect((await refusal(identity.verifyEmail(fresh!))).reason).toBe('GONE');
  expect((await refusal(identity.verifyEmail('pmt_other'))).details.field).toBe('token');
  expect((await refusal(identity.resendVerification())).reason).toBe('CONFLICT');
});

it('a new password by mail ends every session, and nobody is told who has an account', async () => {
  const { identity, session } = await newcomer();
  await identity.askReset('nobody@example.org');
  await identity.askReset('ada@example.org');
  const mails = server.sent.filter(({ page }) => page === '/reset-password');
  expect(mails.map(({ to }) => to)).toEqual(['ada@example.org']);
  await identity.reset(mails[0]!.token, 'another horse');
  expect((await refusal(session.refresh())).reason).toBe('UNAUTHENTICATED');
  expect((await refusal(session.signIn('ada@example.org', 'correct horse'))).reason).toBe(
    'UNAUTHENTICATED',
  );
  await session.signIn('ada@example.org', 'another horse');
});

it('a changed password ends the other sessions and not this one', async () => {
  const { identity, session } = await newcomer();
  const phone = new Jar();
  const far = new Session(
    phone.rest(() => url),
    phone.exclusively,
  );
  await far.signIn('ada@example.org', 'correct horse');
  const wrong = await refusal(identity.changePassword('nonsense', 'another horse'));
  expect(wrong.details).toMatchObject({ field: 'current', rule: 'wrong' });
  await identity.changePassword('correct horse', 'another horse');
  await session.refresh();
  expect((await refusal(far.refresh())).reason).toBe('UNAUTHENTICATED');
});

it('what one is known by changes with the password only; an address counts when it is proved', async () => {
  const { identity } = await newcomer();
  const changed = await identity.change('username', 'ada', 'correct horse');
  expect(changed).toMatchObject({ user: { username: 'ada' } });
  const { user, pending } = await identity.change('email', 'ada@example.com', 'correct horse');
  expect([user.email, pending]).toEqual(['ada@example.org', 'ada@example.com']);
  await identity.verifyEmail(server.sent.at(-1)!.token);
  expect((await identity.me()).email).toBe('ada@example.com');
  await identity.change('username', undefined, 'correct horse');
  expect((await refusal(identity.change('email', undefined, 'correct horse'))).reason).toBe(
    'CONFLICT',
  );
  expect((await refusal(identity.change('username', 'eve', 'guess'))).details.field).toBe(
    'password',
  );
});
