-- Who may do what on this server, who may not sign in, and what was done that somebody may have to look into.

alter table accounts
  add column role         text not null default 'user' check (role in ('user', 'moderator', 'admin')),
  add column disabled_at  timestamptz,             -- from here on nobody signs in
  add column disabled_by  text,                    -- as audit.actor
  add column disabled_for text;                    -- the reason, in words; gone with the account

create index accounts_in_office on accounts (role, folded_name, id) where role <> 'user';
create index accounts_disabled on accounts (folded_name, id) where disabled_at is not null;

-- Written once. Ids only: nothing in here has to be erased for anybody's sake.
create table audit (
  id      uuid primary key,                        -- a UUIDv7
  at      timestamptz not null,
  actor   text not null collate "C",               -- an account's id, cli:<who>, system or stranger
  act     text not null collate "C",
  subject uuid,                                    -- the account that it happened to
  details jsonb not null default '{}'
);

create index audit_by_time on audit (at, id);
create index audit_by_actor on audit (actor, at, id);
create index audit_by_subject on audit (subject, at, id);
create index audit_by_act on audit (act, at, id);

-- What may have to be erased before its row is: where from, and what was given as the reason.
create table audit_private (
  audit   uuid not null references audit on delete cascade,
  kind    text not null check (kind in ('address', 'reason')),
  account uuid,                                    -- whose it is, with whom it goes
  at      timestamptz not null,
  value   text not null,
  primary key (audit, kind)
);

create index audit_private_of_account on audit_private (account);
create index audit_private_by_time on audit_private (kind, at);

-- No statement of the server changes a row, or deletes one but to keep to the time for which they are kept; none at
-- all deletes one of the last day. It binds who uses the tables, not who owns them.
create function audit_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('parley.retention', true) = 'audit' then
    if old.at < now() - interval '1 day' then
      return old;
    end if;
  end if;
  raise exception 'audit is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_rows_stay before update or delete on audit
  for each row execute function audit_stays();
create trigger audit_stays before truncate on audit
  for each statement execute function audit_stays();
