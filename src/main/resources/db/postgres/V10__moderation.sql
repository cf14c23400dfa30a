-- What holds for everybody in a room, and what stands against single people in it.

alter table rooms
  -- Nobody writes any more, nobody comes.
  add column archived      boolean not null default false,
  -- How long those below moderator wait between two messages.
  add column slow_seconds  integer not null default 0 check (slow_seconds between 0 and 21600),
  -- The room's version when one of the two last changed.
  add column rules_version bigint not null default 0;

-- Apart from members, since it outlives leaving and coming again. What has ended counts no more and is in nobody's way.
create table room_mutes (
  room    uuid not null references rooms (id),
  account uuid not null,
  until   timestamptz not null,
  primary key (room, account)
);

create index room_mutes_of_account on room_mutes (account);

create table room_bans (
  room      uuid not null references rooms (id),
  account   uuid not null,
  -- Who did it. No log says why: that is told to the banned, and to those who may ban.
  banned_by uuid not null,
  banned_at timestamptz not null,
  -- Null: for good.
  until     timestamptz,
  reason    text not null,
  primary key (room, account)
);

create index room_bans_order on room_bans (room, banned_at, account);
create index room_bans_of_account on room_bans (account);
