-- Who follows which threads, and how far they have read them.

-- What has been said last in a thread, as far as whoever follows the logs has come: the order in which threads are listed.
create table room_threads (
  room     uuid not null references rooms (id) on delete cascade,
  root     bigint not null,                        -- the place of the first message
  last_seq bigint not null,
  last_at  bigint not null,                        -- milliseconds since 1970
  primary key (room, root)
);

-- Goes with the membership. Who does not want to follow is remembered as well, lest a mention bring them back.
create table thread_follows (
  room        uuid not null,
  account     uuid not null,
  root        bigint not null,
  following   boolean not null,
  -- What they said up to here does not make them follow again.
  settled_seq bigint not null default 0,
  -- The marker; read_n counts the messages of the thread up to there.
  read_seq    bigint not null,
  read_n      bigint not null,
  primary key (room, account, root),
  foreign key (room, account) references room_members (room, account) on delete cascade
);

create index thread_follows_of_account on thread_follows (account) where following;
create index thread_follows_of_thread on thread_follows (room, root) where following;

-- What is swept for those who follow threads: messages in them, and edits, which may be of such.
create index log_entries_woven on log_entries (shard, at)
 where (kind = 'message' and target is not null) or kind = 'edit';
