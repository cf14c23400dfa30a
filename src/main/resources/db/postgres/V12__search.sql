-- Who follows all logs from beside, how far they have come, and what they have made to search in.

create table log_followers (
  follower      text not null collate "C",
  part          integer not null,                 -- of all shards
  holder        text,                             -- the node that works on it
  claimed_until timestamptz not null,
  swept         bigint not null,                  -- everything older is done, in milliseconds since 1970
  primary key (follower, part)
);

-- Rooms by a short number, which goes before every word of theirs: so the words of one room stand together in the
-- index, and looking for one there touches no other room's.
create table search_rooms (
  number integer generated always as identity primary key,
  room   uuid not null unique
);

-- What is found of each message, as it is now. What it says is in the logs only.
create table search_messages (
  room    integer not null,                       -- search_rooms.number
  seq     bigint not null,
  at      bigint not null,
  rev     bigint not null,                        -- up to which change of the message; never goes back
  author  uuid not null,
  link    boolean not null,
  deleted boolean not null,                       -- then no words are left
  terms   tsvector not null,
  primary key (room, seq)
);

-- Without a list of what is pending: every search would have to read it.
create index search_messages_terms on search_messages using gin (terms) with (fastupdate = off);
create index search_messages_author on search_messages (room, author, seq) where not deleted;
create index search_messages_link on search_messages (room, seq) where link;

-- How far the index has been made anew, if somebody is about it.
create table search_rebuilding (
  one        boolean primary key default true check (one),
  room       uuid not null,                       -- all up to here are done
  begun_at   timestamptz not null
);
