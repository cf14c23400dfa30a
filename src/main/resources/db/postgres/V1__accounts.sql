-- Accounts, what they are known by, how they prove it, and the sessions they hold.

create table accounts (
  id          uuid primary key,                  -- a UUIDv7
  name        text not null,                     -- as others see it
  folded_name text not null collate "C",         -- as it is compared and ordered
  created_at  timestamptz not null
);

create index accounts_by_name on accounts (folded_name, id);

create table identifiers (
  kind       text not null check (kind in ('email', 'phoneNumber', 'username')),
  value      text not null collate "C",          -- normalised: what only one account can have
  account    uuid not null references accounts on delete cascade,
  shown      text not null,                      -- as its owner wrote it
  created_at timestamptz not null,
  primary key (kind, value),
  constraint identifiers_one_of_each_kind unique (account, kind)
);

create table passwords (
  account    uuid primary key references accounts on delete cascade,
  hash       text not null,                      -- PHC string (argon2id), or bcrypt until the next login
  changed_at timestamptz not null
);

create table sessions (
  id           uuid primary key,
  account      uuid not null references accounts on delete cascade,
  device       text not null,
  created_at   timestamptz not null,
  refreshed_at timestamptz not null,
  expires_at   timestamptz not null,             -- however often it is refreshed
  ended_at     timestamptz
);

create index sessions_of_account on sessions (account) where ended_at is null;
create index sessions_by_expiry on sessions (expires_at);

-- The tokens of one session are a family: each use makes the next generation. Used ones stay until
-- they expire, so that a second use can be told from a token that never was.
create table refresh_tokens (
  hash       bytea primary key,                  -- SHA-256; the token itself is nowhere
  session    uuid not null references sessions on delete cascade,
  generation integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint refresh_tokens_one_of_a_generation unique (session, generation)
);

create index refresh_tokens_by_expiry on refresh_tokens (expires_at);
