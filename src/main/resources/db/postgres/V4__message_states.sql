-- What has become of a message: the sum of the edits, deletions and reactions that name it as their target.
alter table log_entries
  add column rev bigint,                        -- the seq of the last change in the sum; null: as it was sent
  add column state text;                        -- JSON

-- What a deletion clears.
create index log_entries_edits on log_entries (log, scope, target) where kind = 'edit';
