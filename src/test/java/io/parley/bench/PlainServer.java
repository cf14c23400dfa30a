package io.parley.bench;

import io.parley.fixtures.FreePorts;
import io.parley.fixtures.ParleyProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The stock bridge or the bare hub, in one process or in several that form a cluster. */
final class PlainServer implements Peer {
  /** What is answered only after the registration that it follows, which itself is not. */
  private static final String GREETING =
      "{\"type\":\"send\",\"address\":\""
          + StockPeer.DIRECT
          + "\",\"replyAddress\":\"hello\",\"headers\":{},"
          + "\"body\":{\"to\":\"room.nobody\",\"message\":{}}}";

  private final String name;
  private final List<ParleyProcess> nodes = new ArrayList<>();
  private final List<Integer> ports;

  static PlainServer stock(Path data, int nodes, List<String> place) {
    return new PlainServer("stock bridge", StockPeer.class, data, nodes, place);
  }

  static PlainServer bare(Path data, int nodes, List<String> place) {
    return new PlainServer("bare hub", BarePeer.class, data, nodes, place);
  }

  private PlainServer(String name, Class<?> peer, Path data, int nodes, List<String> place) {
    this.name = name;
    this.ports = FreePorts.several(nodes);
    List<Integer> members = nodes == 1 ? List.of() : FreePorts.several(nodes);
    for (int i = 0; i < nodes; i++) {
      ParleyProcess.Builder node =
          ParleyProcess.command(Integer.toString(ports.get(i)), data)
              .without("--data")
              .main(peer)
              .inside(place)
              .asInProduction();
      int self = i;
      IntStream.range(0, members.size())
          .map(each -> members.get((self + each) % members.size()))
          .forEach(member -> node.with(Integer.toString(member)));
      ParleyProcess started = node.start();
      started.awaitLine(PlainVertx.READY);
      this.nodes.add(started);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<URI> bridges() {
    return ports.stream().map(port -> URI.create("http://127.0.0.1:" + port)).toList();
  }

  @Override
  public double cpuSeconds() {
    return Cpu.seconds(nodes.stream().map(ParleyProcess::pid).toList());
  }

  @Override
  public double storeSeconds() {
    return 0;
  }

  @Override
  public List<Seat> seats(int rooms, int members) {
    List<String> made =
        IntStream.range(0, rooms).mapToObj(each -> "room." + UUID.randomUUID()).toList();
    return IntStream.range(0, rooms * members)
        .mapToObj(each -> made.get(each % rooms))
        .map(
            room ->
                new Seat(
                    List.of(
                        "{\"type\":\"register\",\"address\":\"" + room + "\",\"headers\":{}}",
                        GREETING),
                    "\"address\":\"hello\"",
                    room))
        .toList();
  }

  @Override
  public String message(String room, String cid, String text) {
    return "{\"type\":\"publish\",\"address\":\""
        + room
        + "\",\"headers\":{},\"body\":{\"cid\":\""
        + cid
        + "\",\"text\":\""
        + text
        + "\"}}";
  }

  @Override
  public void close() {
    nodes.forEach(ParleyProcess::close);
  }
}
