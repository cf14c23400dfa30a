package io.parley.bench;

import java.net.URI;
import java.util.List;

/** One of the servers that are compared: the same sockets, other words. */
interface Peer extends AutoCloseable {

  String name();

  /** Where the sockets of each node are. */
  List<URI> bridges();

  /** CPU seconds of all nodes so far. */
  double cpuSeconds();

  /** CPU seconds so far of what keeps the messages; nothing where they are not kept. */
  double storeSeconds();

  /** Makes rooms with so many members each, and gives a seat in turn to a member of each room. */
  List<Seat> seats(int rooms, int members);

  /**
   * Who sits on a socket.
   *
   * @param greetings what it sends first, all at once
   * @param welcome what is in the answer after which it hears its room
   * @param room where it is
   */
  record Seat(List<String> greetings, String welcome, String room) {}

  /**
   * A message to all of a room.
   *
   * @param cid its name, by which it is known again when it arrives
   */
  String message(String room, String cid, String text);

  @Override
  void close();
}
