-- Which addresses were proved to be their owner's, mails that are to be sent, and the tokens that they carry.

alter table identifiers
  add column verified_at timestamptz;            -- when its owner proved it; null: nobody has

create table mails (
  id         uuid primary key,
  account    uuid references accounts on delete cascade, -- null: whoever has the address when it is sent
  letter     text not null,                      -- what it says
  address    text not null collate "C",          -- whom it is for, normalised as in identifiers
  mailbox    text not null,                      -- where it goes
  created_at timestamptz not null,
  due_at     timestamptz not null,               -- not to be tried before
  attempts   integer not null,
  sent_at    timestamptz
);

create index mails_due on mails (due_at) where sent_at is null;
create index mails_of_account on mails (account, created_at);
create index mails_to_address on mails (address, created_at);
create index mails_by_age on mails (created_at);

-- A mail that is tried twice carries another token each time, and each of them is good, once for all of them.
create table mail_tokens (
  hash       bytea primary key,                  -- SHA-256; the token itself is nowhere
  account    uuid not null references accounts on delete cascade,
  letter     text not null,                      -- the kind of mail it is good for
  address    text not null collate "C",          -- what it proves, normalised
  shown      text not null,                      -- and as its owner wrote it
  mail       uuid not null,
  asked_at   timestamptz not null,               -- when the mail was asked for
  expires_at timestamptz not null,
  dead_at    timestamptz                         -- used, or replaced by a newer one
);

create index mail_tokens_of_account on mail_tokens (account, letter, asked_at);
create index mail_tokens_by_expiry on mail_tokens (expires_at);
