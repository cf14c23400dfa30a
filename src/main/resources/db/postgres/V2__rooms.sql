-- Rooms, who is in them, and the entries that their changes still owe to the logs.

create table rooms (
  id           uuid primary key,
  type         text not null check (type in ('public', 'private', 'direct')),
  name         text not null,
  -- The name as compared: NFKC, folded. Empty for direct rooms, which have no name of their own.
  name_key     text not null,
  description  text not null,
  -- "<lower id>:<higher id>" for a direct room: one room for each pair, whatever the race.
  direct_pair  text unique,
  created_at   timestamptz not null,
  -- One more with each change of membership; the order in which the log takes the changes.
  version      bigint not null,
  member_count integer not null
);

create unique index rooms_public_name on rooms (name_key) where type = 'public';

create table room_members (
  room      uuid not null references rooms (id),
  account   uuid not null,
  role      text not null check (role in ('owner', 'admin', 'moderator', 'member', 'readonly')),
  joined_at timestamptz not null,
  -- The first position of the log that this member may read; 0: from the start.
  since     bigint not null,
  -- The room's version when this row last changed.
  version   bigint not null,
  -- The marker; zero until the member's join entry stands in the log.
  read_seq  bigint not null,
  read_n    bigint not null,
  primary key (room, account)
);

create index room_members_account on room_members (account, joined_at desc);
create index room_members_order on room_members (room, joined_at, account);

-- Accounts that have entered the default rooms once.
create table room_welcomes (
  account     uuid primary key,
  welcomed_at timestamptz not null
);

-- Entries that were decided in a transaction here and belong into a log there. Removed once they stand in the log.
create table outbox (
  -- Also the entry's cid, so that appending twice does no harm.
  id         uuid primary key,
  -- Rises in version order within one room, because the room's row is locked when it is drawn.
  position   bigint generated always as identity,
  log        text not null,
  draft      text not null,
  created_at timestamptz not null
);

create index outbox_log on outbox (log, position);
create index outbox_created on outbox (created_at);
