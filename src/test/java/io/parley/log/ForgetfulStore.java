package io.parley.log;

import io.parley.accounts.UserId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** A store that takes everything at once and remembers nothing. */
final class ForgetfulStore implements LogStore {
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Future<Identity> identity() {
    return Future.succeededFuture(
        new Identity(Samples.EPOCH, new SecretKeySpec(KEY, "HmacSHA256")));
  }

  @Override
  public Future<List<Top>> tops(List<LogId> logs) {
    return Future.succeededFuture(logs.stream().map(Top::empty).toList());
  }

  @Override
  public Future<List<Top>> open(List<LogId> logs) {
    return tops(logs);
  }

  @Override
  public Future<List<Entry>> find(List<Cid> cids) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Void> append(List<Entry> batch, List<Revised> revised) {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<Entry>> read(LogId log, long after, long through, int limit, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Shown>> at(LogId log, List<Long> places) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Shown>> visible(
      LogId log, long from, long through, boolean newest, int limit, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Shown>> thread(
      LogId log, long root, long from, long through, boolean newest, int limit, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Long>> pins(LogId log) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Shown>> pinned(LogId log, long from, long before, int limit, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Entry>> edits(LogId log, long target, long after, int limit, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Long>> own(UserId author, List<Stretch> stretches) {
    return Future.succeededFuture(stretches.stream().map(some -> 0L).toList());
  }

  @Override
  public Future<Map<UserId, Long>> wrote(LogId log, List<UserId> authors) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<List<Long>> mentions(UserId reader, List<Stretch> stretches) {
    return own(reader, stretches);
  }

  @Override
  public Future<List<Shown>> unread(UserId reader, LogApi.Place after, int limit, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Shown>> lasts(List<LogApi.Place> places, long bytes) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Swath> swath(List<Integer> shards, long from, int limit) {
    return Future.succeededFuture(new Swath(List.of(), Optional.empty()));
  }

  @Override
  public Future<Swath> woven(List<Integer> shards, long from, int limit) {
    return swath(shards, from, limit);
  }

  @Override
  public Future<List<Tally>> tallies(List<Strand> strands) {
    return Future.succeededFuture(strands.stream().map(some -> new Tally(0, 0)).toList());
  }

  @Override
  public Future<List<Long>> lengths(List<Strand> strands) {
    return Future.succeededFuture(strands.stream().map(some -> 0L).toList());
  }

  @Override
  public Future<List<Shown>> shown(List<Stretch> stretches) {
    return Future.succeededFuture(List.of());
  }
}
