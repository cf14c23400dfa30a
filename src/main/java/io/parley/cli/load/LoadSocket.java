package io.parley.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.cli.client.Frames;
import io.parley.cli.load.socket.Lane;
import io.parley.cli.load.socket.LightSocket;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.parley.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One person's socket: signed in, listening to rooms. Belongs to its lane; what is asked of it from
 * elsewhere happens there, soon.
 */
final class LoadSocket implements LightSocket.Listener {
  private static final char POST = PostScript.TOPIC;
  private static final char OPEN = 'O';
  private static final char RENEW = 'N';
  private static final char ASK = 'A';

  private final Stage stage;
  private final Member member;
  private final Lane lane;
  private final FrameReader reader;
  private final LaneTimes times;
  private final byte[] room;
  private final Place place = new Place();
  private List<String> rooms;
  private Promise<Void> hearing = Promise.promise();
  private Promise<Void> asked = Promise.promise();
  private volatile @Nullable LightSocket socket;
  private String token;
  private boolean following;
  private boolean narrow;
  private volatile boolean behind;
  private int awaited;
  private int unanswered;
  private int received;

  /**
   * @param rooms which it listens to as soon as it is signed in
   */
  LoadSocket(Stage stage, Member member, LoadTimes times, List<String> rooms) {
    this.stage = stage;
    this.member = member;
    this.lane = stage.lane(member.index());
    this.reader = stage.reader(lane);
    this.times = times.lane(lane.number());
    this.room = stage.script().to(member.room());
    this.rooms = rooms;
    this.token = member.person().token();
  }

  /** Remembers with each message where it stands, so that it can go on from there. */
  LoadSocket following() {
    following = true;
    return this;
  }

  /** Has little room for what it has not read. */
  LoadSocket narrow() {
    narrow = true;
    return this;
  }

  Member member() {
    return member;
  }

  /** Connects, signs in and listens from where it was; completes when all rooms are ready. */
  Future<Void> connect() {
    Promise<Void> connected = Promise.promise();
    lane.run(
        () -> {
          hearing = Promise.promise();
          hearing.future().onComplete(connected);
          behind = false;
          lane.connect(stage.plan().bridge(member.index()), stage.plan().framing(), narrow, this)
              .onSuccess(this::open)
              .onFailure(hearing::tryFail);
        });
    return connected.future();
  }

  /** Asks to hear these rooms instead; completes when the last of them is ready. */
  Future<Void> listen(List<String> others) {
    Promise<Void> heard = Promise.promise();
    lane.run(
        () -> {
          hearing = Promise.promise();
          hearing.future().onComplete(heard);
          rooms = others;
          register();
        });
    return heard.future();
  }

  void unregister() {
    lane.run(() -> rooms.forEach(each -> send(Frames.unregister(each))));
  }

  /** Posts the message of a number. */
  void post(int number) {
    lane.run(
        () -> {
          LightSocket open = socket;
          if (open == null) {
            times.lost(1);
          } else {
            unanswered++;
            open.send(stage.script().write(lane.payload(), room, number));
          }
        });
  }

  /** Asks a command, when nothing else is being asked; fails with the refusal, as text. */
  Future<Void> ask(String address, ObjectNode body) {
    Promise<Void> answered = Promise.promise();
    lane.run(
        () -> {
          asked = answered;
          if (!connected()) {
            asked.fail(unavailable("the socket is closed"));
          }
          send(Frames.send(address, ASK + "0", body));
        });
    return answered.future();
  }

  boolean connected() {
    return socket != null;
  }

  /** How far it has read, if it remembers. */
  Place place() {
    return place;
  }

  /** Whether it could not be sent all that it had missed when it was connected last. */
  boolean behind() {
    return behind;
  }

  /** How many messages it has received since it was connected. */
  int received() {
    return received;
  }

  /** Reads nothing any more. */
  void stall() {
    withOpen(LightSocket::pause);
  }

  /** Reads on. */
  void readOn() {
    withOpen(LightSocket::resume);
  }

  /** Loses the connection. */
  void drop() {
    withOpen(
        open -> {
          socket = null;
          open.drop();
        });
  }

  Future<Void> close() {
    LightSocket open = socket;
    socket = null;
    return open == null ? Future.succeededFuture() : open.close();
  }

  @Override
  public void message(byte[] in, int from, int to) {
    switch (reader.read(in, from, to)) {
      case DELIVERED -> delivered(in, from, to);
      case ANSWERED -> answered();
      case READY -> ready(in, from, to);
      case PARTLY_READY -> {
        behind = true;
        hearing.tryFail(unavailable("more was missed than is sent"));
      }
      case REFUSED -> refused(in, from, to);
      case ROOM_REFUSED -> hearing.tryFail(unavailable(FrameReader.text(in, from, to)));
      case EXPIRING -> renew();
      case OTHER -> {}
    }
  }

  @Override
  public void closed(int code, String reason) {
    if (connected()) {
      times.closed(code, reason);
    }
    socket = null;
    Failure closed = unavailable("the socket was closed: " + code + " " + reason);
    hearing.tryFail(closed);
    asked.tryFail(closed);
    int open = unanswered;
    unanswered = 0;
    times.lost(open);
  }

  private void open(LightSocket opened) {
    socket = opened;
    received = 0;
    send(Frames.open(token, OPEN + "0"));
  }

  private void register() {
    awaited = rooms.size();
    rooms.forEach(each -> send(Frames.register(each, place.cursor())));
    if (awaited == 0) {
      hearing.tryComplete();
    }
  }

  private void delivered(byte[] in, int from, int to) {
    received++;
    times.delivered(reader.number(), lane.now());
    if (following) {
      place.took(reader.seq(in, from, to), reader.cursor(in, from, to));
    }
  }

  private void answered() {
    switch (reader.topic()) {
      case POST -> {
        unanswered--;
        times.acknowledged(reader.number(), lane.now());
      }
      case OPEN -> register();
      case ASK -> asked.tryComplete();
      default -> {}
    }
  }

  private void refused(byte[] in, int from, int to) {
    Supplier<String> answer = () -> FrameReader.text(in, from, to);
    switch (reader.topic()) {
      case POST -> {
        unanswered--;
        times.refused(reader.code(in, from, to), answer);
      }
      case ASK -> asked.tryFail(unavailable(answer.get()));
      case RENEW -> times.closed(0, "not renewed: " + answer.get());
      default -> hearing.tryFail(unavailable(answer.get()));
    }
  }

  /** Of several rooms it remembers no place: whoever listens to many only listens. */
  private void ready(byte[] in, int from, int to) {
    if (rooms.size() == 1) {
      place.begin(reader.head(in, from, to), reader.cursor(in, from, to));
    }
    if (--awaited == 0) {
      hearing.tryComplete();
    }
  }

  private void renew() {
    stage
        .renewals()
        .renew(member)
        .onSuccess(
            fresh ->
                lane.run(
                    () -> {
                      token = fresh;
                      ObjectNode body = Json.mapper().createObjectNode().put("token", fresh);
                      send(Frames.send("session.renew", RENEW + "0", body));
                    }))
        .onFailure(cause -> times.closed(0, "not renewed: " + cause.getMessage()));
  }

  private void send(String message) {
    withOpen(open -> open.send(stage.plan().framing().wrap(message)));
  }

  private void withOpen(Consumer<LightSocket> deed) {
    lane.run(
        () -> {
          LightSocket open = socket;
          if (open != null) {
            deed.accept(open);
          }
        });
  }

  private static Failure unavailable(String why) {
    return Failure.of(Reason.UNAVAILABLE, why);
  }
}
