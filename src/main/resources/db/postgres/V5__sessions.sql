-- What the list of one's own sessions shows, what lets the last refresh be answered once more, and in which
-- order sessions end. All of it may be missing where a node of the version before has written.
alter table sessions
  add column address text not null default '',  -- where it was last used from; nothing once it has ended
  add column salt bytea;                        -- made its newest refresh token of the one before, for a moment

-- For nodes that may not have heard of an end, and to forget sessions a while after theirs.
create index sessions_by_end on sessions (ended_at, id) where ended_at is not null;

-- Salts that have had their moment.
create index sessions_salted on sessions (refreshed_at) where salt is not null;
