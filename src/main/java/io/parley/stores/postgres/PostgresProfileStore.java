package io.parley.stores.postgres;

import io.parley.accounts.Notifications;
import io.parley.accounts.PersonName;
import io.parley.accounts.Policy;
import io.parley.accounts.ProfileStore;
import io.parley.accounts.ProfilesApi.OwnProfile;
import io.parley.accounts.ProfilesApi.Person;
import io.parley.accounts.ProfilesApi.Sighting;
import io.parley.accounts.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Profiles in PostgreSQL: the rows of contacts and blocks decide who is shown what. */
public final class PostgresProfileStore implements ProfileStore {
  private static final String OWN =
      """
      a.id, a.name, a.about, a.last_seen_for, a.photo_for, a.notifications,
      (select shown from identifiers where account = a.id and kind = 'username') as username
      """;

  private final Pool pool;

  public PostgresProfileStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Optional<OwnProfile>> own(UserId user) {
    return rows(
            "select " + OWN + " from accounts a where a.id = $1 and a.deleting_at is null",
            Tuple.of(user.value()))
        .map(rows -> Rows.first(rows, PostgresProfileStore::own));
  }

  @Override
  public Future<Optional<OwnProfile>> update(UserId user, Change change) {
    return rows(
            """
            update accounts a
               set name = coalesce($2, name), folded_name = coalesce($3, folded_name),
                   about = coalesce($4, about), last_seen_for = coalesce($5, last_seen_for),
                   photo_for = coalesce($6, photo_for),
                   notifications = coalesce($7, notifications)
             where a.id = $1 and a.deleting_at is null
            returning
            """
                + OWN,
            Tuple.from(
                Arrays.asList(
                    user.value(),
                    change.name().map(PersonName::text).orElse(null),
                    change.name().map(PersonName::folded).orElse(null),
                    change.about().orElse(null),
                    change.lastSeenFor().map(Policy::word).orElse(null),
                    change.photoFor().map(Policy::word).orElse(null),
                    change.notifications().map(Notifications::word).orElse(null))))
        .map(rows -> Rows.first(rows, PostgresProfileStore::own));
  }

  @Override
  public Future<Optional<Person>> look(UserId viewer, UserId user) {
    return rows(
            """
            select a.id, a.name, known.shown as username,
                   c.person is not null as contact, c.name as contact_name, block.mine as blocked,
                   case when not (block.mine or block.theirs) and a.about <> '' then a.about
                   end as about,
                   case when a.id = v.id or not (block.mine or block.theirs)
                     and (a.last_seen_for = 'everyone'
                          or (a.last_seen_for = 'contacts' and exists
                            (select from contacts where owner = a.id and person = v.id)))
                     and (v.last_seen_for = 'everyone'
                          or (v.last_seen_for = 'contacts' and c.person is not null))
                   then (select at from last_seen where account = a.id)
                   end as last_seen
              from accounts a
              join accounts v on v.id = $1
              left join identifiers known on known.account = a.id and known.kind = 'username'
              left join contacts c on c.owner = v.id and c.person = a.id
              cross join lateral (
                select exists (select from blocks where blocker = v.id and blocked = a.id) as mine,
                       exists (select from blocks where blocker = a.id and blocked = v.id) as theirs
              ) block
             where a.id = $2 and a.deleting_at is null""",
            Tuple.of(viewer.value(), user.value()))
        .map(rows -> Rows.first(rows, PostgresProfileStore::person));
  }

  @Override
  public Future<Void> seen(List<Sighting> sightings) {
    Object users = sightings.stream().map(each -> each.user().value()).toArray(UUID[]::new);
    Object times =
        sightings.stream().map(each -> Rows.utc(each.at())).toArray(OffsetDateTime[]::new);
    return rows(
            """
            insert into last_seen (account, at)
            select seen.account, max(seen.at)
              from unnest($1::uuid[], $2::timestamptz[]) seen (account, at)
              join accounts a on a.id = seen.account and a.deleting_at is null
             where not exists (select from presences p
                                where p.account = a.id and p.choice = 'invisible')
             group by seen.account
             order by seen.account
            on conflict (account) do update set at = excluded.at
             where last_seen.at <= excluded.at - interval '1 minute'""",
            Tuple.of(users, times))
        .mapEmpty();
  }

  private static OwnProfile own(Row row) {
    return new OwnProfile(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")),
        row.getString("about"),
        Policy.of(row.getString("last_seen_for")),
        Policy.of(row.getString("photo_for")),
        Optional.of(Notifications.of(row.getString("notifications"))));
  }

  private static Person person(Row row) {
    return new Person(
        new UserId(row.getUUID("id")),
        row.getString("name"),
        Optional.ofNullable(row.getString("username")),
        Optional.ofNullable(row.getString("about")),
        Optional.ofNullable(row.getOffsetDateTime("last_seen")).map(OffsetDateTime::toInstant),
        row.getBoolean("contact"),
        Optional.ofNullable(row.getString("contact_name")),
        row.getBoolean("blocked"));
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
