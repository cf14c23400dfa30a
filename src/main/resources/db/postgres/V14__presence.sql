-- How people want to be shown to others. Whether they are here is not kept in this store.

create table presences (
  account      uuid primary key references accounts on delete cascade,
  choice       text not null default 'online' check (choice in ('online', 'dnd', 'invisible')),
  status_text  text not null default '',
  status_emoji text,
  status_until timestamptz                         -- from when on the status is as good as none
);
