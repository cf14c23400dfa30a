-- Links that lead into rooms.

create table room_invites (
  id         uuid primary key,
  room       uuid not null references rooms (id),
  -- SHA-256 of the token, which is stored nowhere: it has 256 random bits, so that nobody finds it from here.
  token_hash bytea not null unique,
  made_by    uuid not null,
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  max_uses   integer not null check (max_uses > 0),
  -- Changed under the lock of the room's row only.
  uses       integer not null check (uses between 0 and max_uses)
);

create index room_invites_of_room on room_invites (room, made_at, id);
