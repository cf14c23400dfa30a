package io.parley.log;

import com.github.f4b6a3.uuid.UuidCreator;
import io.parley.accounts.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Entries and ids for tests. */
final class Entries {
  static final long START = 1_700_000_000_123L;

  private Entries() {}

  /** Everything after a place. */
  static LogStore.Stretch after(LogId log, long seq) {
    return new LogStore.Stretch(log, seq + 1, Long.MAX_VALUE);
  }

  static LogId room() {
    return LogId.room(UuidCreator.getTimeOrderedEpoch());
  }

  static UserId user() {
    return new UserId(UuidCreator.getTimeOrderedEpoch());
  }

  static Draft message(UserId author, String cid, String body) {
    return new Draft("message", author, "Ann", cid, body, Optional.empty(), true, Optional.empty());
  }

  static Draft message(UserId author, String cid) {
    return message(author, cid, "{\"text\":\"" + cid + "\"}");
  }

  /** A change of the message at a place. */
  static Draft mutation(Mutation mutation, UserId author, String cid, long target, String body) {
    return new Draft(
        mutation.word(), author, "Ann", cid, body, Optional.of(target), false, Optional.empty());
  }

  static Draft edit(UserId author, String cid, long target, String text) {
    return mutation(Mutation.EDIT, author, cid, target, "{\"text\":\"" + text + "\"}");
  }

  static Draft delete(UserId author, String cid, long target) {
    return mutation(Mutation.DELETE, author, cid, target, "{}");
  }

  static Draft react(UserId author, String cid, long target, String emoji) {
    return mutation(Mutation.REACT, author, cid, target, "{\"emoji\":\"" + emoji + "\"}");
  }

  static Draft unreact(UserId author, String cid, long target, String emoji) {
    return mutation(Mutation.UNREACT, author, cid, target, "{\"emoji\":\"" + emoji + "\"}");
  }

  static Draft pin(UserId author, String cid, long target) {
    return mutation(Mutation.PIN, author, cid, target, "{}");
  }

  static Draft unpin(UserId author, String cid, long target) {
    return mutation(Mutation.UNPIN, author, cid, target, "{}");
  }

  /** A message that answers another. */
  static Draft reply(UserId author, String cid, long replyTo) {
    String body = "{\"text\":\"" + cid + "\",\"replyTo\":" + replyTo + "}";
    return message(author, cid, body, Optional.of(replyTo), Optional.empty());
  }

  /** A message in the thread of another. */
  static Draft inThread(UserId author, String cid, long root) {
    return inThread(author, cid, root, Optional.empty());
  }

  /** The same that answers a message as well. */
  static Draft inThread(UserId author, String cid, long root, Optional<Long> replyTo) {
    return new Draft(
        "message",
        author,
        "Ann",
        cid,
        "{\"text\":\"" + cid + "\"}",
        Optional.of(root),
        false,
        Optional.empty(),
        replyTo,
        Optional.empty());
  }

  /** A message made of something else; without a body it is only asked whether it stands. */
  static Draft forward(UserId author, String cid, String request, Optional<String> body) {
    Draft.Source source = new Draft.Source(request, body.isEmpty());
    return message(author, cid, body.orElse(""), Optional.empty(), Optional.of(source));
  }

  private static Draft message(
      UserId author,
      String cid,
      String body,
      Optional<Long> replyTo,
      Optional<Draft.Source> source) {
    return new Draft(
        "message",
        author,
        "Ann",
        cid,
        body,
        Optional.empty(),
        true,
        Optional.empty(),
        replyTo,
        source);
  }

  /** A draft as it would stand at a place; nothing about it counts. */
  static Entry at(LogId log, long seq, Draft draft) {
    Entry plain = entry(log, seq, draft.author(), draft.cid(), draft.body());
    return new Entry(
        log,
        seq,
        plain.n(),
        plain.at(),
        plain.id(),
        draft.kind(),
        draft.author(),
        draft.name(),
        draft.cid(),
        draft.target(),
        draft.countable(),
        Optional.empty(),
        Optional.empty(),
        draft.body(),
        plain.digest());
  }

  /** An append that is waited for so long, by the clock of this process. */
  static LogApi.Append append(LogId log, Draft draft, long patienceMs) {
    long until = Ticks.millisAt(System.nanoTime()) + patienceMs;
    return new LogApi.Append(log, draft, until, until);
  }

  /** A draft with authority, such as a join or a kick. */
  static Draft change(UserId author, String cid, long version, UserId user, Standing standing) {
    Draft.Change change = new Draft.Change(version, user, standing);
    String kind = standing.reads() ? "join" : "kick";
    return new Draft(kind, author, "Mod", cid, "{}", Optional.empty(), false, Optional.of(change));
  }

  /** The same that makes other rules, and leaves its author as they are. */
  static Draft ruling(UserId author, String cid, Standing standing, Rules rules) {
    Draft.Change change = new Draft.Change(rules.version(), author, standing, Optional.of(rules));
    return new Draft(
        "rules", author, "Mod", cid, "{}", Optional.empty(), false, Optional.of(change));
  }

  static Standing standing(Standing.Access access, long version) {
    return new Standing(access, 0, Optional.empty(), version, false);
  }

  /** A plain stored message. */
  static Entry entry(LogId log, long seq, UserId author, String cid) {
    return entry(log, seq, author, cid, "{\"text\":\"" + cid + "\"}");
  }

  static Entry entry(LogId log, long seq, UserId author, String cid, String body) {
    return new Entry(
        log,
        seq,
        seq,
        START + seq,
        UuidCreator.getTimeOrderedEpoch(),
        "message",
        author,
        "Ann",
        cid,
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        body,
        UUID.nameUUIDFromBytes(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  /** A run of messages by one author, with cids of their own. */
  static List<Entry> run(LogId log, long from, int count, UserId author) {
    List<Entry> entries = new ArrayList<>();
    for (long seq = from; seq < from + count; seq++) {
      entries.add(entry(log, seq, author, UUID.randomUUID().toString()));
    }
    return entries;
  }

  static List<Entry> sorted(List<Entry> entries) {
    return entries.stream().sorted(LogStore.ORDER).toList();
  }

  /** The same place, taken by an entry that points at another. */
  static Entry targeting(Entry entry, long target) {
    return new Entry(
        entry.log(),
        entry.seq(),
        entry.n(),
        entry.at(),
        entry.id(),
        "mark",
        entry.author(),
        entry.name(),
        entry.cid(),
        Optional.of(target),
        false,
        entry.version(),
        entry.expels(),
        entry.body(),
        entry.digest());
  }
}
