-- What is swept for those who follow threads: messages in them, edits and deletions, which may be of such.
drop index log_entries_woven;
create index log_entries_woven on log_entries (shard, at)
 where (kind = 'message' and target is not null) or kind in ('edit', 'delete');
