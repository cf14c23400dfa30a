-- The messages of a thread, in their order, and who wrote each: what of it is the reader's own is counted without reading them.
create index log_entries_thread_authors on log_entries (log, scope, target, seq) include (author)
 where kind = 'message' and target is not null;
drop index log_entries_thread;
alter index log_entries_thread_authors rename to log_entries_thread;
