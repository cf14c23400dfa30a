package io.parley.bus;

/**
 * News that is told without waiting for an answer: at most once, ordered between one sender and one
 * listener.
 */
public record Topic<M extends Record>(String address, Class<M> message) {

  /** The same news for one particular listener. */
  public Topic<M> at(String place) {
    return new Topic<>(address + "@" + place, message);
  }
}
