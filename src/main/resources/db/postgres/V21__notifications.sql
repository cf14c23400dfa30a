-- What people want to be called away from other things for, on all their devices.

alter table accounts
  add column notifications text not null default 'mentions' check (notifications in ('all', 'mentions', 'nothing'));
