-- From where on those who come may read, who may come how, how members want to have a room, and who asks to be let in.

alter table rooms
  -- What those who come may read: all, or what was said since they came. Those who are there keep what they have.
  add column history text not null default 'all' check (history in ('all', 'since-join')),
  -- Who enters a public room: anybody, or whoever has asked and was let in.
  add column door    text not null default 'open' check (door in ('open', 'request'));

alter table room_members
  -- The room's version with which the member came, by which their entry is known. Zero where nobody noted it.
  add column came_version  bigint not null default 0,
  add column favourite     boolean not null default false,
  -- What the member wants to be told of.
  add column notifications        text not null default 'all' check (notifications in ('all', 'mentions', 'none')),
  -- Until then only of mentions.
  add column snoozed_until timestamptz,
  -- The head when the member put the room away, and the countable messages up to there. Null: they have not.
  add column hidden_seq    bigint,
  add column hidden_n      bigint;

create index room_members_favourites on room_members (account) where favourite;

-- Who asks to be let in. What has ended counts no more and is in nobody's way.
create table room_requests (
  room       uuid not null references rooms (id),
  account    uuid not null,
  note       text not null,
  asked_at   timestamptz not null,
  -- Until when it stands; of one that was refused, until when it is not to be asked again.
  until      timestamptz not null,
  refused    boolean not null default false,
  primary key (room, account)
);

create index room_requests_order on room_requests (room, asked_at, account) where not refused;
create index room_requests_of_account on room_requests (account);
