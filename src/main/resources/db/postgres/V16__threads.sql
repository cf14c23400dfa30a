-- A message in a thread names the first of it as its target, and the first says in its state how many there are.

-- The messages of a thread, in their order.
create index log_entries_thread on log_entries (log, scope, target, seq) where kind = 'message' and target is not null;

-- When somebody last wrote in a thread, for those who have to wait in between.
create index log_entries_replied on log_entries (log, scope, author, seq) where kind = 'message' and target is not null;
