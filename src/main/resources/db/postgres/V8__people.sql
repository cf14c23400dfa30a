-- What people say of themselves, whom they know, whom they want nothing of, and how they go.

alter table accounts
  add column about         text not null default '',
  add column avatar        uuid,                   -- a medium; empty until there are media
  add column last_seen_for text not null default 'everyone' check (last_seen_for in ('everyone', 'contacts', 'nobody')),
  add column photo_for     text not null default 'everyone' check (photo_for in ('everyone', 'contacts', 'nobody')),
  -- From here on nobody signs in; what is left of the account is taken down in steps.
  add column deleting_at   timestamptz,
  -- Nothing is left but the id, the name that all deleted accounts have, and for a while the username.
  add column deleted_at    timestamptz;

create index accounts_leaving on accounts (deleting_at) where deleting_at is not null and deleted_at is null;
create index accounts_gone on accounts (deleted_at) where deleted_at is not null;

-- To the minute. Apart from accounts, since it changes so much more often.
create table last_seen (
  account uuid primary key references accounts on delete cascade,
  at      timestamptz not null
) with (fillfactor = 70);

create table contacts (
  owner       uuid not null references accounts on delete cascade,
  person      uuid not null references accounts on delete cascade,
  name        text,                                -- what the owner calls them
  folded_name text collate "C",                    -- the same, as it is compared and ordered
  added_at    timestamptz not null,
  primary key (owner, person)
);

create index contacts_of_person on contacts (person);

create table blocks (
  blocker    uuid not null references accounts on delete cascade,
  blocked    uuid not null references accounts on delete cascade,
  blocked_at timestamptz not null,
  primary key (blocker, blocked)
);

create index blocks_of_blocked on blocks (blocked);

-- Pairs of people between whom something has changed that their direct room must heed: written with
-- the change, read every two seconds by whoever remembers what may be done in the room.
create table pair_changes (
  pair       text primary key collate "C",         -- as rooms.direct_pair
  changed_at timestamptz not null
);

create index pair_changes_by_time on pair_changes (changed_at);

-- How often somebody has taken along what is known of them lately, and whether they are about to.
create table exports (
  account       uuid primary key references accounts on delete cascade,
  hour_began    timestamptz not null,
  count         integer not null,
  running_since timestamptz
);
