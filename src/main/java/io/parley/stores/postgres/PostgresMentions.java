package io.parley.stores.postgres;

import static io.parley.stores.postgres.PostgresLogRows.column;

import io.parley.accounts.UserId;
import io.parley.log.Entry;
import io.parley.log.LogId;
import io.parley.log.Mentions;
import io.parley.log.MessageState;
import io.parley.log.Mutation;
import io.parley.log.Revised;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whom the messages of a batch mention when all of it is written: a narrow table beside the
 * entries, filled by the same statement.
 *
 * @param rows who is mentioned, by messages that are new or read differently now
 * @param reworded messages that read differently now, of which nothing else is to be left
 */
record PostgresMentions(List<Row> rows, List<Message> reworded) {

  /** The part of the statement, with the arguments from $26 on. */
  static final String WRITES =
      """
      mentioned (log, account, seq, author) as (
        select * from unnest($26::uuid[], $27::uuid[], $28::bigint[], $29::uuid[])),
      unmentioned as (
        delete from log_mentions m
         using unnest($30::uuid[], $31::bigint[]) as reworded (log, seq)
         where m.log = reworded.log and m.seq = reworded.seq
           and not exists (select from mentioned still
                            where still.log = m.log and still.account = m.account
                              and still.seq = m.seq)),
      noted as (
        insert into log_mentions (log, account, seq, author)
        select log, account, seq, author from mentioned
            on conflict do nothing)""";

  /**
   * How many messages of others mention somebody, as $5, or everybody, as $6, but for those in
   * threads.
   */
  static final String COUNT =
      """
      select (select count(distinct m.seq)
                from log_mentions m
                join log_entries e on e.log = m.log and e.scope = asked.scope and e.seq = m.seq
               where m.log = asked.log and m.account in ($5, $6) and e.countable
                 and m.seq between asked.first and asked.last and m.author <> $5)
        from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bigint[])
             with ordinality as asked (log, scope, first, last, place)
       order by asked.place""";

  /** What is unread after $3 to $4. */
  static final String UNREAD =
      """
      select %s from (
        select page.*, sum(size) over (order by seq) as filled
          from (select %s, octet_length(body) + coalesce(octet_length(state), 0) as size
                  from log_entries e
                 where log = $1 and scope = $2 and seq > $3 and countable and author <> $4
                 order by seq
                 limit $5) page) sized
       where filled <= $6 or filled = size
       order by seq"""
          .formatted(PostgresLogRows.SHOWN, PostgresLogRows.SHOWN);

  private static final PostgresMentions NONE = new PostgresMentions(List.of(), List.of());

  /** One account mentioned by one message. */
  record Row(Message message, UserId account, UserId author) {}

  record Message(LogId log, long seq) {}

  /** What a batch makes of it. Costs next to nothing where nobody is mentioned. */
  static PostgresMentions of(List<Entry> batch, List<Revised> revised) {
    if (revised.isEmpty() && batch.stream().allMatch(entry -> Mentions.of(entry).isEmpty())) {
      return NONE;
    }
    Map<Message, Entry> changes = changes(batch);
    Map<Message, MessageState> states = new HashMap<>();
    revised.forEach(each -> states.put(new Message(each.log(), each.seq()), each.state()));
    List<Row> rows = new ArrayList<>();
    batch.stream()
        .filter(entry -> !changes.containsKey(new Message(entry.log(), entry.seq())))
        .forEach(entry -> add(rows, entry.log(), entry.seq(), entry.author(), Mentions.of(entry)));
    changes.forEach(
        (message, change) ->
            add(
                rows,
                message.log(),
                message.seq(),
                change.author(),
                Mentions.after(states.getOrDefault(message, MessageState.FRESH))
                    .orElse(Mentions.NONE)));
    return new PostgresMentions(rows, List.copyOf(changes.keySet()));
  }

  /** Only its author edits a message, so the author of an edit is the author of the message. */
  private static Map<Message, Entry> changes(List<Entry> batch) {
    Map<Message, Entry> changes = new LinkedHashMap<>();
    for (Entry entry : batch) {
      Mutation.of(entry)
          .filter(mutation -> mutation == Mutation.EDIT || mutation == Mutation.DELETE)
          .ifPresent(
              mutation ->
                  changes.put(new Message(entry.log(), entry.target().orElseThrow()), entry));
    }
    return changes;
  }

  private static void add(List<Row> rows, LogId log, long seq, UserId author, Mentions mentions) {
    mentions
        .accounts(author)
        .forEach(account -> rows.add(new Row(new Message(log, seq), account, author)));
  }

  boolean isEmpty() {
    return rows.isEmpty() && reworded.isEmpty();
  }

  /** Adds the arguments of {@link #WRITES}. */
  Tuple into(Tuple columns) {
    return columns
        .addArrayOfUUID(column(rows, UUID.class, row -> row.message().log().id()))
        .addArrayOfUUID(column(rows, UUID.class, row -> row.account().value()))
        .addArrayOfLong(column(rows, Long.class, row -> row.message().seq()))
        .addArrayOfUUID(column(rows, UUID.class, row -> row.author().value()))
        .addArrayOfUUID(column(reworded, UUID.class, message -> message.log().id()))
        .addArrayOfLong(column(reworded, Long.class, Message::seq));
  }
}
