package io.parley.cli.load;

import io.parley.cli.client.People;
import io.parley.cli.client.Person;
import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Brings people and their rooms together. */
final class Gathering {
  private static final int ENTERING_AT_ONCE = 16;
  private static final int UNAUTHORIZED = 401;

  private final Stage stage;
  private final Optional<Mint> mint;
  private final People people;

  /**
   * @param mint makes people without a sign-up
   */
  Gathering(Stage stage, Optional<Mint> mint) {
    this.stage = stage;
    this.mint = mint;
    this.people = new People(stage.rest(0), "load", stage.progress());
  }

  /** Everybody, each in a room; rooms are public, or those of two people. */
  Future<List<Member>> gather() {
    return persons().compose(all -> rooms(all).map(rooms -> members(all, rooms)));
  }

  /** People in no room. */
  Future<List<Person>> persons() {
    int count = stage.plan().members();
    return mint.map(with -> minted(with, count)).orElseGet(() -> people.signUp(count));
  }

  /** So many public rooms, each made by another one of these people as long as there are any. */
  Future<List<String>> open(List<Person> owners) {
    return people.open(stage.plan().rooms(), owners);
  }

  private Future<List<Person>> minted(Mint with, int count) {
    return with.make(people.run() + "_", count)
        .onSuccess(made -> stage.tell("minted " + count + " people"))
        .compose(made -> accepted(made).map(made));
  }

  /** A token that the server does not know was signed for another one. */
  private Future<Void> accepted(List<Person> made) {
    return stage
        .rest(0)
        .get("/api/auth/check", made.get(0).token())
        .<Void>mapEmpty()
        .recover(
            cause ->
                Future.failedFuture(
                    Failure.from(cause).reason().number() / 10 == UNAUTHORIZED
                        ? Failure.of(
                            Reason.INVALID,
                            "--mint: the server at --url does not know who was minted; is it the"
                                + " node that --config and --data tell of?")
                        : cause));
  }

  private Future<List<String>> rooms(List<Person> all) {
    if (stage.plan().scenario() == Scenario.DIRECT) {
      return pairs(all);
    }
    return mint.map(with -> minted(with, all))
        .orElseGet(() -> open(all).compose(rooms -> enter(all, rooms).map(rooms)));
  }

  /** The owner asks to enter, so that the log begins. */
  private Future<List<String>> minted(Mint with, List<Person> all) {
    int count = stage.plan().rooms();
    List<String> rooms = Arrays.asList(new String[count]);
    return people
        .inTurns(
            ENTERING_AT_ONCE,
            count,
            "minted rooms",
            index ->
                with.room(people.run().replace('_', ' ') + " " + index, in(index, all))
                    .onSuccess(room -> rooms.set(index, room))
                    .compose(room -> people.enter(all.get(index), room)))
        .map(rooms);
  }

  private List<Person> in(int room, List<Person> all) {
    return IntStream.iterate(
            room, index -> index < all.size(), index -> index + stage.plan().rooms())
        .mapToObj(all::get)
        .toList();
  }

  private Future<List<String>> pairs(List<Person> all) {
    int count = stage.plan().rooms();
    List<String> rooms = Arrays.asList(new String[count]);
    return people
        .inTurns(
            ENTERING_AT_ONCE,
            count,
            "paired",
            pair ->
                people
                    .direct(all.get(pair), all.get(pair + count))
                    .onSuccess(room -> rooms.set(pair, room)))
        .map(rooms);
  }

  /** The first of each room has made it, and is in it. */
  private Future<Void> enter(List<Person> all, List<String> rooms) {
    int owners = rooms.size();
    return people.inTurns(
        ENTERING_AT_ONCE,
        all.size() - owners,
        "entered",
        index ->
            people.enter(all.get(owners + index), rooms.get(stage.plan().room(owners + index))));
  }

  private List<Member> members(List<Person> all, List<String> rooms) {
    return IntStream.range(0, all.size())
        .mapToObj(index -> new Member(index, all.get(index), rooms.get(stage.plan().room(index))))
        .toList();
  }
}
