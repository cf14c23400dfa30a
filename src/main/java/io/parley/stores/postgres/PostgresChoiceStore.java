package io.parley.stores.postgres;

import io.parley.accounts.UserId;
import io.parley.presence.Choice;
import io.parley.presence.ChoiceStore;
import io.parley.presence.PresenceApi.Choose;
import io.parley.presence.PresenceApi.Own;
import io.parley.presence.PresenceApi.Sight;
import io.parley.presence.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How people want to be shown, in PostgreSQL, beside the rows that say to whom. */
public final class PostgresChoiceStore implements ChoiceStore {
  private final Pool pool;

  public PostgresChoiceStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<Own>> choose(Choose change, Instant lastHere) {
    return rows(
            """
            with before as (select choice from presences where account = $1),
            now as (
              insert into presences (account, choice, status_text, status_emoji, status_until)
              select id, coalesce($2, 'online'), $4, $5, $6 from accounts
               where id = $1 and deleting_at is null
              on conflict (account) do update
                 set choice = coalesce($2, presences.choice),
                     status_text =
                       case when $3 then excluded.status_text else presences.status_text end,
                     status_emoji =
                       case when $3 then excluded.status_emoji else presences.status_emoji end,
                     status_until =
                       case when $3 then excluded.status_until else presences.status_until end
              returning account, choice, status_text, status_emoji, status_until
            ),
            parted as (
              insert into last_seen (account, at)
              select account, $7 from now
               where choice = 'invisible'
                 and coalesce((select choice from before), 'online') <> 'invisible'
              on conflict (account) do update set at = excluded.at where last_seen.at < excluded.at
            )
            select choice, status_text, status_emoji, status_until from now""",
            values(change, lastHere))
        .map(PostgresChoiceStore::own);
  }

  @Override
  public Future<Optional<Own>> own(UserId user) {
    return rows(
            """
            select choice, status_text, status_emoji, status_until from presences
             where account = $1""",
            Tuple.of(user.value()))
        .map(PostgresChoiceStore::own);
  }

  private static Optional<Own> own(RowSet<Row> rows) {
    return Rows.first(rows, row -> new Own(Choice.of(row.getString("choice")), status(row)));
  }

  private static Tuple values(Choose change, Instant lastHere) {
    Optional<Status> status = change.status();
    return Tuple.from(
        Arrays.asList(
            change.user().value(),
            change.choice().map(Choice::word).orElse(null),
            status.isPresent(),
            status.map(Status::text).orElse(""),
            status.flatMap(Status::emoji).orElse(null),
            status.flatMap(Status::until).map(Rows::utc).orElse(null),
            Rows.utc(lastHere)));
  }

  @Override
  public Future<List<View>> views(List<Sight> sights) {
    List<UUID> viewers = new ArrayList<>();
    List<UUID> people = new ArrayList<>();
    for (Sight sight : sights) {
      for (UserId person : sight.people()) {
        viewers.add(sight.viewer().value());
        people.add(person.value());
      }
    }
    Object asking = viewers.toArray(UUID[]::new);
    Object asked = people.toArray(UUID[]::new);
    return rows(
            """
            select v.id as viewer, a.id as person, l.at as last_seen,
                   coalesce(p.choice, 'online') as choice,
                   case when a.id = v.id or not block.stands then p.status_text end as status_text,
                   p.status_emoji, p.status_until,
                   a.id = v.id or (not block.stands
                     and (a.last_seen_for = 'everyone'
                          or (a.last_seen_for = 'contacts' and exists
                            (select from contacts where owner = a.id and person = v.id)))
                     and (v.last_seen_for = 'everyone'
                          or (v.last_seen_for = 'contacts' and exists
                            (select from contacts where owner = v.id and person = a.id)))) as open
              from unnest($1::uuid[], $2::uuid[]) asked (viewer, person)
              join accounts v on v.id = asked.viewer
              join accounts a on a.id = asked.person and a.deleting_at is null
              left join presences p on p.account = a.id
              left join last_seen l on l.account = a.id
              cross join lateral (
                select exists (select from blocks where blocker = v.id and blocked = a.id)
                    or exists (select from blocks where blocker = a.id and blocked = v.id) as stands
              ) block""",
            Tuple.of(asking, asked))
        .map(rows -> Rows.all(rows, PostgresChoiceStore::view));
  }

  @Override
  public Future<List<View>> openly(List<UserId> people) {
    Object asked = people.stream().map(UserId::value).toArray(UUID[]::new);
    return rows(
            """
            select '00000000-0000-0000-0000-000000000000'::uuid as viewer, a.id as person,
                   null::timestamptz as last_seen, coalesce(p.choice, 'online') as choice,
                   null::text as status_text, null::text as status_emoji,
                   null::timestamptz as status_until, a.last_seen_for = 'everyone' as open
              from accounts a
              left join presences p on p.account = a.id
             where a.id = any ($1) and a.deleting_at is null""",
            Tuple.of(asked))
        .map(rows -> Rows.all(rows, PostgresChoiceStore::view));
  }

  private static View view(Row row) {
    return new View(
        new UserId(row.getUUID("viewer")),
        new UserId(row.getUUID("person")),
        row.getBoolean("open"),
        Choice.of(row.getString("choice")),
        row.getString("status_text") == null ? Optional.empty() : status(row),
        time(row, "last_seen"));
  }

  private static Optional<Status> status(Row row) {
    return Optional.of(
            new Status(
                row.getString("status_text"),
                Optional.ofNullable(row.getString("status_emoji")),
                time(row, "status_until")))
        .filter(Status::says);
  }

  private static Optional<Instant> time(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
