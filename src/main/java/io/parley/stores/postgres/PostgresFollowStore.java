package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresLogRows.column;

import io.parley.accounts.UserId;
import io.parley.rooms.RoomId;
import io.parley.threads.FollowStore;
import io.parley.threads.FollowsApi;
import io.parley.threads.ThreadId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who follows which threads, in PostgreSQL. */
public final class PostgresFollowStore implements FollowStore {

  /** Of rooms that are gone nothing is noted. Rows are locked in one order. */
  private static final String SAID =
      """
      insert into room_threads (room, root, last_seq, last_at)
      select said.room, said.root, said.seq, said.at
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) as said (room, root, seq, at)
        join rooms r on r.id = said.room
       order by said.room, said.root
          on conflict (room, root) do update
         set last_seq = excluded.last_seq, last_at = excluded.last_at
       where room_threads.last_seq < excluded.last_seq""";

  /**
   * Of several reasons the first counts, and for who does not want to follow their own last. Where
   * somebody's entry is still on its way to the log, or was never noted, what was said before they
   * came is told by its time.
   */
  private static final String CAUSED =
      """
      with asked as (
        select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bigint[], $5::boolean[],
                             $6::bigint[], $7::bigint[], $8::bigint[])
               as asked (room, root, account, seq, own, read_seq, read_n, at)),
      come as (
        insert into thread_follows (room, account, root, following, read_seq, read_n)
        select distinct on (asked.room, asked.account, asked.root)
               asked.room, asked.account, asked.root, true, asked.read_seq, asked.read_n
          from asked
          join room_members m on m.room = asked.room and m.account = asked.account
         where asked.seq > m.joined_seq and asked.root >= m.since
           and (m.joined_seq > 0 or to_timestamp(asked.at / 1000.0) >= m.joined_at)
         order by asked.room, asked.account, asked.root, asked.seq
            on conflict do nothing
        returning room, account),
      back as (
        update thread_follows f
           set following = true, read_seq = last.read_seq, read_n = last.read_n
          from (select distinct on (room, account, root) * from asked
                 where own order by room, account, root, seq desc) last
         where f.room = last.room and f.account = last.account and f.root = last.root
           and not f.following and f.settled_seq < last.seq
        returning f.room, f.account)
      select room, account from come union select room, account from back""";

  /** Keeps $3 of each person, room and kind; $4 is the root of one that is kept in any case. */
  private static final String TRIM =
      """
      delete from thread_follows f
       using (select f.room, f.account, f.root,
                     row_number() over (partition by f.room, f.account, f.following
                                        order by f.root is not distinct from $4 desc,
                                                 coalesce(t.last_seq, 0) desc, f.root desc) as place
                from (select distinct * from unnest($1::uuid[], $2::uuid[]) as a (room, account)) a
                join thread_follows f on f.room = a.room and f.account = a.account
                left join room_threads t on t.room = f.room and t.root = f.root) old
       where old.place > $3
         and f.room = old.room and f.account = old.account and f.root = old.root
      returning f.room, f.root, f.following""";

  private static final String COLUMNS =
      "f.room, f.root, f.account, f.following, f.read_seq, f.read_n";

  private final Pool pool;

  public PostgresFollowStore(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<Void> take(List<Activity> said, List<Cause> causes) {
    return said(said)
        .compose(noted -> rows(CAUSED, causes(causes)))
        .compose(
            came ->
                trim(
                    Rows.all(came, row -> row.getUUID("room")),
                    Rows.all(came, row -> row.getUUID("account")),
                    Optional.empty()))
        .mapEmpty();
  }

  private Future<RowSet<Row>> said(List<Activity> said) {
    return rows(
        SAID,
        Tuple.tuple()
            .addArrayOfUUID(column(said, UUID.class, each -> each.thread().room().value()))
            .addArrayOfLong(column(said, Long.class, each -> each.thread().root()))
            .addArrayOfLong(column(said, Long.class, Activity::seq))
            .addArrayOfLong(column(said, Long.class, Activity::at)));
  }

  private static Tuple causes(List<Cause> causes) {
    return Tuple.tuple()
        .addArrayOfUUID(column(causes, UUID.class, each -> each.thread().room().value()))
        .addArrayOfLong(column(causes, Long.class, each -> each.thread().root()))
        .addArrayOfUUID(column(causes, UUID.class, each -> each.user().value()))
        .addArrayOfLong(column(causes, Long.class, Cause::seq))
        .addArrayOfBoolean(column(causes, Boolean.class, Cause::own))
        .addArrayOfLong(column(causes, Long.class, each -> each.from().seq()))
        .addArrayOfLong(column(causes, Long.class, each -> each.from().n()))
        .addArrayOfLong(column(causes, Long.class, Cause::at));
  }

  /**
   * @return those that were followed and are no more
   */
  private Future<List<ThreadId>> trim(
      List<UUID> rooms, List<UUID> accounts, Optional<Long> spared) {
    return rooms.isEmpty()
        ? Future.succeededFuture(List.of())
        : rows(
                TRIM,
                Tuple.tuple()
                    .addArrayOfUUID(rooms.toArray(UUID[]::new))
                    .addArrayOfUUID(accounts.toArray(UUID[]::new))
                    .addInteger(FollowsApi.MOST)
                    .addLong(spared.orElse(null)))
            .map(
                gone ->
                    Rows.all(gone, row -> row).stream()
                        .filter(row -> row.getBoolean("following"))
                        .map(PostgresFollowStore::thread)
                        .toList());
  }

  private Future<List<ThreadId>> trim(ThreadId thread, UserId user) {
    return trim(List.of(thread.room().value()), List.of(user.value()), Optional.of(thread.root()));
  }

  @Override
  public Future<Long> since() {
    return rows("select at from thread_follows_since", Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("at"));
  }

  @Override
  public Future<List<Following>> followers(List<ThreadId> threads, int most) {
    return rows(
            """
            select %s
              from unnest($1::uuid[], $2::bigint[]) as asked (room, root)
             cross join lateral (
               select * from thread_follows
                where room = asked.room and root = asked.root and following
                limit $3) f"""
                .formatted(COLUMNS),
            Tuple.tuple()
                .addArrayOfUUID(column(threads, UUID.class, each -> each.room().value()))
                .addArrayOfLong(column(threads, Long.class, ThreadId::root))
                .addInteger(most))
        .map(rows -> Rows.all(rows, PostgresFollowStore::following));
  }

  @Override
  public Future<Optional<Following>> find(ThreadId thread, UserId user) {
    return rows(
            """
            select %s from thread_follows f
             where f.room = $1 and f.account = $2 and f.root = $3"""
                .formatted(COLUMNS),
            key(thread, user))
        .map(rows -> Rows.first(rows, PostgresFollowStore::following));
  }

  @Override
  public Future<List<ThreadId>> follow(Activity said, UserId user, Marker from) {
    ThreadId thread = said.thread();
    return said(List.of(said))
        .compose(
            noted ->
                rows(
                    """
                    insert into thread_follows (room, account, root, following, read_seq, read_n)
                    select m.room, m.account, $3, true, $4, $5 from room_members m
                     where m.room = $1 and m.account = $2
                        on conflict (room, account, root) do update
                       set following = true,
                           read_seq = excluded.read_seq, read_n = excluded.read_n
                     where not thread_follows.following""",
                    key(thread, user).addLong(from.seq()).addLong(from.n())))
        .compose(done -> trim(thread, user));
  }

  @Override
  public Future<Void> unfollow(ThreadId thread, UserId user, Marker upTo) {
    return rows(
            """
            insert into thread_follows
                   (room, account, root, following, settled_seq, read_seq, read_n)
            select m.room, m.account, $3, false, $4, $4, $5 from room_members m
             where m.room = $1 and m.account = $2
                on conflict (room, account, root) do update
               set following = false,
                   settled_seq = greatest(thread_follows.settled_seq, excluded.settled_seq)""",
            key(thread, user).addLong(upTo.seq()).addLong(upTo.n()))
        .compose(done -> trim(thread, user))
        .mapEmpty();
  }

  @Override
  public Future<Boolean> advance(ThreadId thread, UserId user, Marker to) {
    return rows(
            """
            update thread_follows set read_seq = $4, read_n = $5
             where room = $1 and account = $2 and root = $3 and following and read_seq < $4""",
            key(thread, user).addLong(to.seq()).addLong(to.n()))
        .map(rows -> rows.rowCount() > 0);
  }

  @Override
  public Future<List<Listed>> list(
      UserId user, Optional<RoomId> room, boolean unread, Optional<Position> after, int limit) {
    Tuple asked =
        Tuple.of(user.value())
            .addUUID(room.map(RoomId::value).orElse(null))
            .addBoolean(unread)
            .addLong(after.map(Position::at).orElse(null))
            .addLong(after.map(each -> each.thread().root()).orElse(null))
            .addUUID(after.map(each -> each.thread().room().value()).orElse(null))
            .addInteger(limit);
    return rows(
            """
            select %s, t.last_at
              from thread_follows f
              join room_members m on m.room = f.room and m.account = f.account
              join room_threads t on t.room = f.room and t.root = f.root
             where f.account = $1 and f.following and f.root >= m.since
               and ($2::uuid is null or f.room = $2)
               and (not $3::boolean or t.last_seq > f.read_seq)
               and ($4::bigint is null
                    or (t.last_at, f.root, f.room) < ($4::bigint, $5::bigint, $6::uuid))
             order by t.last_at desc, f.root desc, f.room desc
             limit $7"""
                .formatted(COLUMNS),
            asked)
        .map(rows -> Rows.all(rows, PostgresFollowStore::listed));
  }

  private static Listed listed(Row row) {
    Following following = following(row);
    return new Listed(following, new Position(row.getLong("last_at"), following.thread()));
  }

  private static Following following(Row row) {
    return new Following(
        thread(row),
        new UserId(row.getUUID("account")),
        row.getBoolean("following"),
        new Marker(row.getLong("read_seq"), row.getLong("read_n")));
  }

  private static ThreadId thread(Row row) {
    return new ThreadId(new RoomId(row.getUUID("room")), row.getLong("root"));
  }

  private static Tuple key(ThreadId thread, UserId user) {
    return Tuple.of(thread.room().value(), user.value()).addLong(thread.root());
  }

  private Future<RowSet<Row>> rows(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).recover(PostgresFailures::unavailable);
  }
}
