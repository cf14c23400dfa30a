package io.parley.log;

import io.parley.accounts.UserId;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry with its place, as a store keeps it.
 *
 * @param seq its place, from 1, without a gap
 * @param n countable entries up to and including this one
 * @param at epoch milliseconds, never less than that of the entry before
 * @param id its own, a UUIDv7, the same through all attempts to write it
 * @param target the seq of the entry that this one changes; of a message, the first of its thread
 * @param countable whether {@code n} counts it
 * @param version of the membership change it carries
 * @param expels whose right to read ends with it, perhaps {@link Draft.Change#EVERYBODY}'s
 * @param body a JSON object, kept byte for byte
 * @param digest 16 bytes of a keyed hash of what was sent, to tell a repetition from another
 *     payload under the same cid
 */
public record Entry(
    LogId log,
    long seq,
    long n,
    long at,
    UUID id,
    String kind,
    UserId author,
    String name,
    String cid,
    Optional<Long> target,
    boolean countable,
    Optional<Long> version,
    Optional<UserId> expels,
    String body,
    UUID digest) {

  /** Under which no second entry can exist. */
  public LogStore.Cid key() {
    return new LogStore.Cid(log, author, cid);
  }
}
