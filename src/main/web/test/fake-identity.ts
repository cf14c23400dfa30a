import { uuidv7 } from '../src/client/ids';
import type { Account } from '../src/client/session';
import { Refusal } from './fake-commands';
import type { FakeAccount, FakeServer, FakeSession } from './fake-server';

/** A mail with a link. */
export interface FakeMail {
  to: string;
  page: '/verify-email' | '/reset-password';
  token: string;
  account: string;
  /** Used, or replaced by a newer one. */
  over: boolean;
}

type Body = Record<string, string>;
const KINDS = ['username', 'email', 'phoneNumber'] as const;

/** What its owner is told of an account. */
export function shown(account: FakeAccount): Account {
  const { id, name, username, email, phoneNumber, emailVerifiedAt } = account;
  return JSON.parse(
    JSON.stringify({ id, name, username, email, phoneNumber, emailVerifiedAt }),
  ) as Account;
}

export function register(server: FakeServer, body: Body): FakeAccount {
  requireFree(server, body);
  requireGood(body.password ?? '', body);
  const { username, email, phoneNumber } = body;
  const account = server.add({
    id: uuidv7(),
    name: body.name ?? 'Nobody',
    password: body.password ?? '',
    ...(username === undefined ? {} : { username }),
    ...(email === undefined ? {} : { email }),
    ...(phoneNumber === undefined ? {} : { phoneNumber }),
  });
  if (email !== undefined && server.mails) write(server, account.id, email, '/verify-email');
  return account;
}

export function login(server: FakeServer, { identifier, password }: Body): FakeAccount {
  const found = [...server.accounts.values()].find((one) =>
    KINDS.some((kind) => one[kind] === identifier),
  );
  if (found?.password !== password || !found) {
    throw new Refusal(4010, 'UNAUTHENTICATED: these credentials are not right');
  }
  return found;
}

/** Answers what is asked about passwords and addresses: a status and a body. */
export function identify(
  server: FakeServer,
  path: string,
  body: Body,
  session: FakeSession | undefined,
): [number, object?] {
  switch (path) {
    case 'POST /api/auth/verify-email': {
      const mail = use(server, body.token, '/verify-email');
      const account = server.accounts.get(mail.account)!;
      Object.assign(account, { email: mail.to, emailVerifiedAt: new Date().toISOString() });
      return [204];
    }
    case 'POST /api/auth/password-reset': {
      requireMails(server);
      const found = [...server.accounts.values()].find(({ email }) => email === body.email);
      if (found) write(server, found.id, body.email ?? '', '/reset-password');
      return [202];
    }
    case 'POST /api/auth/password-reset/confirm': {
      requireGood(body.password ?? '', {});
      const mail = use(server, body.token, '/reset-password');
      server.accounts.get(mail.account)!.password = body.password ?? '';
      server.revoke(mail.account);
      return [204];
    }
    default:
      return own(server, path, body, session);
  }
}

function own(
  server: FakeServer,
  path: string,
  body: Body,
  session: FakeSession | undefined,
): [number, object?] {
  const account = server.accounts.get(session?.user ?? '');
  if (!session || !account) throw new Refusal(4010, 'UNAUTHENTICATED: who is this?');
  if (path === 'GET /api/me') return [200, shown(account)];
  if (path === 'DELETE /api/me/sessions') {
    return [200, { count: server.end(({ user }) => user === account.id) }];
  }
  if (path === 'POST /api/auth/verify-email/resend') {
    requireMails(server);
    if (account.email === undefined || account.emailVerifiedAt) {
      throw new Refusal(4090, 'CONFLICT: there is no e-mail address to verify');
    }
    write(server, account.id, account.email, '/verify-email');
    return [202];
  }
  const given = path === 'POST /api/me/password' ? 'current' : 'password';
  if (account.password !== body[given]) {
    throw new Refusal(4000, `INVALID field=${given} rule=wrong: ${given} is not your password`);
  }
  if (given === 'current') {
    requireGood(body.password ?? '', account as unknown as Body);
    account.password = body.password ?? '';
    server.end(({ id, user }) => user === account.id && id !== session.id);
    return [204];
  }
  return change(server, account, path.split('/').at(-1) as (typeof KINDS)[number], body.value);
}

function change(
  server: FakeServer,
  account: FakeAccount,
  kind: (typeof KINDS)[number],
  value: string | undefined,
): [number, object] {
  if (value === undefined) {
    if (KINDS.every((one) => one === kind || account[one] === undefined)) {
      throw new Refusal(4090, 'CONFLICT: nothing would be left to know this account by');
    }
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- one of three names
    delete account[kind];
    return [200, { user: shown(account) }];
  }
  requireFree(server, { [kind]: value });
  if (kind === 'email' && server.mails) {
    write(server, account.id, value, '/verify-email');
    return [200, { user: shown(account), pending: value }];
  }
  account[kind] = value;
  return [200, { user: shown(account) }];
}

function write(server: FakeServer, account: string, to: string, page: FakeMail['page']): void {
  server.sent
    .filter((mail) => mail.account === account && mail.page === page)
    .forEach((mail) => (mail.over = true));
  server.sent.push({ to, page, account, token: `pmt_${uuidv7()}`, over: false });
}

function use(server: FakeServer, token: string | undefined, page: FakeMail['page']): FakeMail {
  const mail = server.sent.find((one) => one.token === token && one.page === page);
  if (!mail) throw new Refusal(4000, 'INVALID field=token: token is none of ours');
  if (mail.over) throw new Refusal(4100, 'GONE: this link was used, replaced or has expired');
  mail.over = true;
  return mail;
}

function requireMails(server: FakeServer): void {
  if (!server.mails) throw new Refusal(4030, 'FORBIDDEN: this server sends no mails');
}

function requireFree(server: FakeServer, body: Body): void {
  for (const kind of KINDS) {
    if ([...server.accounts.values()].some((one) => one[kind] && one[kind] === body[kind])) {
      throw new Refusal(4092, `ALREADY_EXISTS field=${kind}: it is another account's`);
    }
  }
}

function requireGood(password: string, owner: Body): void {
  const rule = (word: string) =>
    new Refusal(4000, `INVALID field=password rule=${word} limit=8: password is no good`);
  if (password.length < 8) throw rule('short');
  const rest = password.replace(owner.username ?? '\0', '').replace(owner.email ?? '\0', '');
  if (rest.length < 8) throw rule('own');
  if (password === 'password') throw rule('common');
}
