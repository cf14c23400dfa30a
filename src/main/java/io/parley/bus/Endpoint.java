package io.parley.bus;

/**
 * A question that may be asked over the bus: where it goes, what it carries, what comes back.
 *
 * @param address the bus address, {@code capability.verb}, possibly qualified with
 *     {@code @node/instance}
 */
public record Endpoint<Q extends Record, R extends Record>(
    String address, Class<Q> request, Class<R> response) {

  /**
   * The same question put to one particular listener, such as one node or one instance of an owner.
   */
  public Endpoint<Q, R> at(String place) {
    return new Endpoint<>(address + "@" + place, request, response);
  }
}
