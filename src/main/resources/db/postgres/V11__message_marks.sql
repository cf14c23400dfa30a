-- Messages that a room keeps at hand: the place of the entry that pinned one. At most a hundred of a room at once.
alter table log_entries
  add column pinned bigint;

create index log_entries_pinned on log_entries (log, scope, pinned) where pinned is not null;
