-- Since when threads can be followed, in milliseconds since 1970: what was said before is news to nobody.
create table thread_follows_since (
  one boolean primary key default true check (one),
  at  bigint not null
);

insert into thread_follows_since (at) values ((extract(epoch from clock_timestamp()) * 1000)::bigint);
