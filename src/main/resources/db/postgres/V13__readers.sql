-- How far messages have come to people, what stands behind a badge, and who is mentioned.

alter table room_members
  -- The entry with which the member came: the marker never goes before it. Zero until it stands, or where nobody noted it.
  add column joined_seq    bigint not null default 0,
  add column joined_n      bigint not null default 0,
  -- How often the member has marked the room unread: a device that does not know of it yet moves no marker.
  add column marks         bigint not null default 0,
  -- What has come to a device of the member's. Whatever was read counts as well.
  add column delivered_seq bigint not null default 0,
  -- What was read before the marker was set back.
  add column seen_seq      bigint not null default 0;

-- Where members came in, as far as this database has the logs.
update room_members m
   set joined_seq = came.seq, joined_n = came.n
  from (select log, account, max(seq) as seq, max(n) as n
          from (select log, seq, n,
                       case kind when 'create' then author else (body::jsonb #>> '{user,id}')::uuid end as account
                  from log_entries
                 where scope = 0 and version is not null and kind in ('create', 'join')) each
         group by log, account) came
 where m.room = came.log and m.account = came.account and m.read_seq >= came.seq;

-- Elsewhere a marker goes no further back than to where it stands now.
update room_members set joined_seq = read_seq, joined_n = read_n where joined_seq = 0 and read_seq > 0;

-- Whom messages mention as they read now, written with the entries that say so.
create table log_mentions (
  log     uuid not null,
  account uuid not null,                           -- all zeros: everybody in the room
  seq     bigint not null,                         -- of the message
  author  uuid not null,                           -- who is not mentioned by what they say themselves
  primary key (log, account, seq)
);

create index log_mentions_message on log_mentions (log, seq);
