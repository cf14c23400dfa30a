package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresLogRows.column;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.MessageState;
import io.parley.log.Mutation;
import io.parley.log.Revised;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One statement for a batch of any size, over any number of logs: whole or not at all. */
final class PostgresLogWrites {
  static final String INSERT =
      """
      insert into log_entries (
        log, scope, shard, seq, n, at, id, kind, author, author_name, cid, target, countable,
        version, expels, body, digest)
      select log, scope, shard, seq, n, at, id, kind, author, author_name, cid, target, countable,
             version, expels, body, digest
        from unnest($1::uuid[], $2::smallint[], $3::smallint[], $4::bigint[], $5::bigint[],
                    $6::bigint[], $7::uuid[], $8::text[], $9::uuid[], $10::text[], $11::text[],
                    $12::bigint[], $13::boolean[], $14::bigint[], $15::uuid[], $16::text[],
                    $17::uuid[])
             as batch (log, scope, shard, seq, n, at, id, kind, author, author_name, cid, target,
                       countable, version, expels, body, digest)""";

  /**
   * The same with what becomes of earlier messages, and with whom all of them mention. All parts
   * see the table as it was before, which is why edits of this very batch are cleared as they are
   * written.
   */
  static final String INSERT_AND_REVISE =
      """
      with appended as (%s),
      revised (log, scope, seq, rev, state, deleted, pinned) as (
        select * from unnest($18::uuid[], $19::smallint[], $20::bigint[], $21::bigint[],
                             $22::text[], $23::boolean[], $24::bigint[])),
      cleared as (
        update log_entries e set body = $25
          from revised r
         where r.deleted and e.log = r.log and e.scope = r.scope and e.target = r.seq
           and e.kind = 'edit'),
      %s
      update log_entries e
         set rev = r.rev, state = r.state, pinned = r.pinned,
             body = case when r.deleted then $25 else e.body end
        from revised r
       where e.log = r.log and e.scope = r.scope and e.seq = r.seq
         and (e.rev is null or e.rev < r.rev)"""
          .formatted(INSERT, PostgresMentions.WRITES);

  private PostgresLogWrites() {}

  /** The arguments of {@link #INSERT}. */
  static Tuple columns(List<Entry> batch) {
    return columns(batch, Set.of());
  }

  /** The arguments of {@link #INSERT_AND_REVISE}. */
  static Tuple columns(List<Entry> batch, List<Revised> revised, PostgresMentions mentions) {
    Set<Message> deleted = new HashSet<>();
    revised.stream()
        .filter(each -> each.state().deleted())
        .forEach(each -> deleted.add(new Message(each.log(), each.seq())));
    Tuple columns = columns(batch, deleted);
    columns
        .addArrayOfUUID(column(revised, UUID.class, each -> each.log().id()))
        .addArrayOfShort(column(revised, Short.class, each -> PostgresLogRows.scope(each.log())))
        .addArrayOfLong(column(revised, Long.class, Revised::seq))
        .addArrayOfLong(column(revised, Long.class, each -> each.state().rev()))
        .addArrayOfString(column(revised, String.class, each -> each.state().json()))
        .addArrayOfBoolean(column(revised, Boolean.class, each -> each.state().deleted()))
        .addArrayOfLong(
            column(
                revised,
                Long.class,
                each -> each.state().pinned().map(MessageState.Pin::seq).orElse(null)))
        .addString(MessageState.CLEARED);
    return mentions.into(columns);
  }

  private record Message(LogId log, long seq) {}

  private static Tuple columns(List<Entry> batch, Set<Message> deleted) {
    return Tuple.tuple()
        .addArrayOfUUID(column(batch, UUID.class, entry -> entry.log().id()))
        .addArrayOfShort(column(batch, Short.class, entry -> PostgresLogRows.scope(entry.log())))
        .addArrayOfShort(column(batch, Short.class, entry -> (short) entry.log().shard()))
        .addArrayOfLong(column(batch, Long.class, Entry::seq))
        .addArrayOfLong(column(batch, Long.class, Entry::n))
        .addArrayOfLong(column(batch, Long.class, Entry::at))
        .addArrayOfUUID(column(batch, UUID.class, Entry::id))
        .addArrayOfString(column(batch, String.class, Entry::kind))
        .addArrayOfUUID(column(batch, UUID.class, entry -> entry.author().value()))
        .addArrayOfString(column(batch, String.class, Entry::name))
        .addArrayOfString(column(batch, String.class, Entry::cid))
        .addArrayOfLong(column(batch, Long.class, entry -> entry.target().orElse(null)))
        .addArrayOfBoolean(column(batch, Boolean.class, Entry::countable))
        .addArrayOfLong(column(batch, Long.class, entry -> entry.version().orElse(null)))
        .addArrayOfUUID(
            column(batch, UUID.class, entry -> entry.expels().map(UserId::value).orElse(null)))
        .addArrayOfString(column(batch, String.class, entry -> body(entry, deleted)))
        .addArrayOfUUID(column(batch, UUID.class, Entry::digest));
  }

  private static String body(Entry entry, Set<Message> deleted) {
    boolean cleared =
        entry.kind().equals(Mutation.EDIT.word())
            && entry
                .target()
                .filter(seq -> deleted.contains(new Message(entry.log(), seq)))
                .isPresent();
    return cleared ? MessageState.CLEARED : entry.body();
  }
}
