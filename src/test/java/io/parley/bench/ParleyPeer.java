package io.parley.bench;

import io.parley.cli.client.Frames;
import io.parley.cli.client.People;
import io.parley.cli.client.Person;
import io.parley.cli.client.RestCalls;
import io.parley.cli.load.Mint;
import io.parley.fixtures.Await;
import io.parley.fixtures.ParleyProcess;
import io.parley.json.Json;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Parley itself: people are signed in, messages are durable before anybody has them. */
final class ParleyPeer implements Peer {
  private static final int CONNECTIONS = 16;
  private static final Duration LIFETIME = Duration.ofHours(6);

  private final Vertx vertx;
  private final Server server;
  private final Mint mint;

  ParleyPeer(Vertx vertx, Path data, int nodes, List<String> place) {
    this.vertx = vertx;
    this.server = new Server(data, place);
    for (int i = 0; i < nodes; i++) {
      server.add(Server.ALL);
    }
    this.mint = Mint.of(vertx, server.config(), LIFETIME);
  }

  Server server() {
    return server;
  }

  @Override
  public String name() {
    return "Parley";
  }

  @Override
  public List<URI> bridges() {
    return server.nodes().stream().map(node -> URI.create(node.bridgeUrl())).toList();
  }

  @Override
  public double cpuSeconds() {
    return Cpu.seconds(server.nodes().stream().map(ParleyProcess::pid).toList());
  }

  @Override
  public double storeSeconds() {
    return Cpu.seconds(List.of(server.stores().pid()));
  }

  @Override
  public List<Seat> seats(int rooms, int members) {
    RestCalls rest = new RestCalls(vertx, URI.create(server.nodes().get(0).url()), CONNECTIONS);
    People people = new People(rest, "bench", line -> {});
    List<Person> all = Await.of(mint.make(people.run() + "_", rooms * members));
    List<String> made = Await.of(people.open(rooms, all.subList(0, rooms)));
    Await.of(
        people.inTurns(
            CONNECTIONS,
            all.size() - rooms,
            "entered",
            each -> people.enter(all.get(rooms + each), made.get(each % rooms))));
    return IntStream.range(0, all.size())
        .mapToObj(each -> seat(all.get(each), made.get(each % rooms)))
        .toList();
  }

  private static Seat seat(Person person, String room) {
    return new Seat(
        List.of(Frames.open(person.token(), "opened"), Frames.register(room, "")),
        "\"kind\":\"ready\"",
        room);
  }

  @Override
  public String message(String room, String cid, String text) {
    return Frames.send(
        "messages.post",
        cid,
        Json.mapper().createObjectNode().put("room", room).put("cid", cid).put("text", text));
  }

  @Override
  public void close() {
    server.close();
  }
}
