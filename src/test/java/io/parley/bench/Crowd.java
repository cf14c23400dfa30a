package io.parley.bench;

import io.parley.cli.load.socket.Framing;
import io.parley.cli.load.socket.Lane;
import io.parley.cli.load.socket.LightSocket;
import io.parley.cli.load.socket.Needle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The members of some rooms of one server, each on a socket as browsers have it, and messages that
 * are sent in turns, so many under way at once: one is over when all members of its room have it.
 */
final class Crowd {
  private static final Framing FRAMING = Framing.SOCKJS;
  private static final int CONNECTING_AT_ONCE = 50;
  private static final int MOST_MESSAGES = 1 << 24;
  private static final String MARK = "#m";
  private static final Needle CID = FRAMING.needle("\"cid\":\"" + MARK);
  private static final Needle ERROR = FRAMING.needle("{\"type\":\"err\"");

  private final Peer peer;
  private final Lane lane;
  private final int rooms;
  private final int members;
  private final String text;
  private final List<Talker> talkers = new ArrayList<>();
  private int[] left = new int[1024];
  private int begun;
  private int over;
  private long deliveries;
  private int underWay;
  private boolean talking;
  private Promise<Void> silence = Promise.promise();

  Crowd(Peer peer, Lane lane, int rooms, int members, int characters) {
    this.peer = peer;
    this.lane = lane;
    this.rooms = rooms;
    this.members = members;
    this.text = "x".repeat(characters);
  }

  /** Messages that have reached a socket. */
  long deliveries() {
    return deliveries;
  }

  /** Messages that have reached everybody. */
  long messages() {
    return over;
  }

  /** Connects everybody, and waits until each hears their room. */
  Future<Void> gather() {
    return gather(peer.seats(rooms, members), 0);
  }

  private Future<Void> gather(List<Peer.Seat> seats, int first) {
    if (first >= seats.size()) {
      return Future.succeededFuture();
    }
    List<Future<Void>> wave = new ArrayList<>();
    for (int i = first; i < Math.min(seats.size(), first + CONNECTING_AT_ONCE); i++) {
      // The members of a room follow each other at distances of all rooms: spread over the nodes.
      URI bridge = peer.bridges().get(i / rooms % peer.bridges().size());
      Talker talker = new Talker(seats.get(i));
      talkers.add(talker);
      wave.add(talker.connect(bridge));
    }
    return Future.all(wave).compose(done -> gather(seats, first + CONNECTING_AT_ONCE));
  }

  /** Begins to talk, with so many messages under way at any time. */
  void talk(int atOnce) {
    lane.run(
        () -> {
          talking = true;
          silence = Promise.promise();
          for (int i = 0; i < atOnce; i++) {
            next();
          }
        });
  }

  /** Sends nothing more; completes when all that was sent has reached everybody. */
  Future<Void> hush() {
    Promise<Void> quiet = Promise.promise();
    lane.run(
        () -> {
          talking = false;
          if (underWay == 0) {
            silence.tryComplete();
          }
          silence.future().onComplete(quiet);
        });
    return quiet.future();
  }

  Future<Void> leave() {
    return Future.join(talkers.stream().map(talker -> talker.socket.close()).toList()).mapEmpty();
  }

  private void next() {
    int number = begun++;
    if (number >= MOST_MESSAGES) {
      throw new IllegalStateException("too many messages");
    }
    if (number == left.length) {
      left = Arrays.copyOf(left, 2 * left.length);
    }
    left[number] = members;
    underWay++;
    int room = number % rooms;
    talkers.get(room + number / rooms % members * rooms).say(number);
  }

  private void arrived(int number) {
    deliveries++;
    if (--left[number] == 0) {
      over++;
      underWay--;
      if (talking) {
        next();
      } else if (underWay == 0) {
        silence.tryComplete();
      }
    }
  }

  private void broken(String why) {
    silence.tryFail(why);
  }

  /** One member on one socket. */
  private final class Talker implements LightSocket.Listener {
    private final Peer.Seat seat;
    private final Needle welcome;
    private final Promise<Void> seated = Promise.promise();
    private LightSocket socket;

    Talker(Peer.Seat seat) {
      this.seat = seat;
      this.welcome = FRAMING.needle(seat.welcome());
    }

    Future<Void> connect(URI bridge) {
      return lane.connect(bridge, FRAMING, this)
          .compose(
              open -> {
                socket = open;
                seat.greetings().forEach(each -> open.send(FRAMING.wrap(each)));
                return seated.future();
              });
    }

    void say(int number) {
      socket.send(FRAMING.wrap(peer.message(seat.room(), MARK + number, text)));
    }

    @Override
    public void message(byte[] in, int from, int to) {
      int at = CID.find(in, from, to);
      if (at >= 0) {
        arrived(number(in, at + CID.length()));
      } else if (ERROR.find(in, from, to) >= 0) {
        String why = new String(in, from, to - from, StandardCharsets.UTF_8);
        seated.tryFail(why);
        broken(why);
      } else if (!seated.future().isComplete() && welcome.find(in, from, to) >= 0) {
        seated.complete();
      }
    }

    @Override
    public void closed(int code, String reason) {
      seated.tryFail("closed: " + code + " " + reason);
      broken("closed: " + code + " " + reason);
    }
  }

  private static int number(byte[] in, int from) {
    int number = 0;
    for (int at = from; in[at] >= '0' && in[at] <= '9'; at++) {
      number = 10 * number + in[at] - '0';
    }
    return number;
  }
}
