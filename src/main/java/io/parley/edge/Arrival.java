package io.parley.edge;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Optional;

/**
 * Somebody who was counted before there was anything to read.
 *
 * @param at when, in monotonic nanoseconds
 */
record Arrival(Door.Place place, long at) {
  private static final AttributeKey<Arrival> KEY = AttributeKey.valueOf(Arrival.class, "arrival");

  void mark(Channel channel) {
    channel.attr(KEY).set(this);
  }

  static Optional<Arrival> of(Channel channel) {
    return Optional.ofNullable(channel.attr(KEY).get());
  }
}
