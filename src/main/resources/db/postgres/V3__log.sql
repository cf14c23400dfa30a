-- Every entry of every log, one row each. The unique keys are the fence: whoever writes a place or a
-- cid that is taken fails as a whole, so two owners at once can only make each other try again.
create table log_entries (
  log uuid not null,
  id uuid not null,
  author uuid not null,
  digest uuid not null,                     -- 16 bytes of a keyed hash of what was sent
  expels uuid,                              -- whose right to read ends with this entry
  seq bigint not null check (seq > 0),
  n bigint not null check (n >= 0),         -- countable entries up to and including this one
  at bigint not null,                       -- milliseconds since 1970
  target bigint,                            -- the seq of the entry that this one changes
  version bigint,                           -- the change of membership that this entry carries
  scope smallint not null check (scope in (0, 1)), -- 0: of a room, 1: of a user
  shard smallint not null,
  countable boolean not null,
  kind text not null,
  author_name text not null,
  cid text collate "C" not null,
  body text not null,                       -- JSON, byte for byte as it was sent
  primary key (log, scope, seq),
  constraint log_entries_cid unique (log, scope, author, cid)
);

create unique index log_entries_version on log_entries (log, scope, version) where version is not null;

-- How many of the messages after a marker are the reader's own.
create index log_entries_own on log_entries (log, scope, author, seq) where countable;

-- What consumers of all logs sweep by.
create index log_entries_shard on log_entries (shard, at);

-- What this store is: positions from another epoch mean nothing here, and only this key makes its digests.
create table log_store (
  one boolean primary key default true check (one),
  epoch integer not null,
  digest_key bytea not null check (octet_length(digest_key) = 32)
);

-- gen_random_uuid draws from a cryptographic source; two of them carry 244 random bits.
insert into log_store (epoch, digest_key)
values (
  (('x' || substr(md5(gen_random_uuid()::text), 1, 8))::bit(32)::bigint & 2147483647)::integer,
  uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
