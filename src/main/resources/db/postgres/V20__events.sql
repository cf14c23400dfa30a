-- How far those have come who are told of what happens, log by log, so that what they took is not brought again.

alter table log_followers
  -- Entries from then on are brought, in milliseconds since 1970.
  add column begun bigint not null default 0;

create table log_follower_cursors (
  follower text not null collate "C",
  log      uuid not null,
  scope    smallint not null,
  seq      bigint not null,                        -- everything up to here was taken
  primary key (follower, log, scope)
) with (fillfactor = 70);

-- The same for what is in no log: accounts that were made, and that are gone.
create table event_consumers (
  consumer      text primary key collate "C",
  holder        text,                              -- the node that tells it
  claimed_until timestamptz not null,
  told          bigint not null                    -- of everything older, in milliseconds since 1970
);
