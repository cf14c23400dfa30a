package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.AccountsApi;
import io.parley.accounts.Identity;
import io.parley.accounts.ProfilesApi;
import io.parley.accounts.SessionsApi;
import io.parley.accounts.UserId;
import io.parley.audit.AuditApi;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.bus.Pages;
import io.parley.contacts.ContactsApi;
import io.parley.json.Json;
import io.parley.log.AuthorsApi;
import io.parley.log.LogApi;
import io.parley.log.LogId;
import io.parley.presence.PresenceApi;
import io.parley.rooms.RequestsApi;
import io.parley.rooms.RoomId;
import io.parley.rooms.RoomsApi;
import io.parley.threads.FollowsApi;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that is known of somebody, and all they have said, as one JSON text: page by page,
 * each read when the one before has been taken, so that it needs no more memory than one page.
 */
public final class Export {
  private static final int PAGE = 200;
  private static final int ROOMS = 1_000;
  private static final int THREADS = 100;

  private final Bus bus;
  private final Clock clock;

  public Export(Bus bus, Clock clock) {
    this.bus = bus;
    this.clock = clock;
  }

  /**
   * Writes it all.
   *
   * @param out takes a piece of text; completes when there may be more
   */
  public Future<Void> write(Identity caller, Function<String, Future<Void>> out) {
    return new Run(caller, out).whole();
  }

  /** One export under way. */
  private final class Run {
    private final UserId user;
    private final RoomsApi.Caller caller;
    private final Function<String, Future<Void>> out;

    Run(Identity identity, Function<String, Future<Void>> out) {
      this.user = identity.user();
      this.caller = new RoomsApi.Caller(user, identity.name());
      this.out = out;
    }

    Future<Void> whole() {
      return out.apply("{\"exportedAt\":\"" + Json.time(clock.instant()) + "\"")
          .compose(done -> part("account", AccountsApi.OWN, new AccountsApi.Own(user)))
          .compose(done -> part("profile", ProfilesApi.OWN, new ProfilesApi.Mine(user)))
          .compose(done -> part("presence", PresenceApi.OWN, new PresenceApi.Mine(user)))
          .compose(done -> sessions())
          .compose(done -> list("contacts", this::contacts))
          .compose(done -> list("blocked", this::blocked))
          .compose(done -> list("threads", this::threads))
          .compose(done -> requests())
          .compose(done -> audit())
          .compose(done -> rooms())
          .compose(done -> out.apply("}"));
    }

    private <Q extends Record, R extends Record> Future<Void> part(
        String name, Endpoint<Q, R> endpoint, Q request) {
      return bus.ask(endpoint, request)
          .map(Answers::tree)
          .compose(answer -> out.apply(",\"" + name + "\":" + text(answer)));
    }

    private Future<Void> sessions() {
      return bus.ask(SessionsApi.OWN, new SessionsApi.ListOwn(user))
          .map(own -> String.join(",", texts(own.sessions())))
          .compose(sessions -> out.apply(",\"sessions\":[" + sessions + "]"));
    }

    private Future<Void> requests() {
      return bus.ask(RequestsApi.OWN, new RequestsApi.Mine(user))
          .map(own -> String.join(",", texts(own.requests())))
          .compose(requests -> out.apply(",\"requests\":[" + requests + "]"));
    }

    /** A list, of which pages are read until one has no next. */
    private Future<Void> list(String name, Function<Optional<String>, Future<Page>> pages) {
      return out.apply(",\"" + name + "\":[")
          .compose(begun -> all(new Items(out), pages))
          .compose(done -> out.apply("]"));
    }

    private Future<Void> all(Items items, Function<Optional<String>, Future<Page>> pages) {
      return Pages.through(
          "",
          after ->
              pages
                  .apply(Optional.of(after).filter(place -> !place.isEmpty()))
                  .compose(page -> items.write(page.items).map(page.next)));
    }

    /** First what they did, then what others did to their account. */
    private Future<Void> audit() {
      Items items = new Items(out);
      return out.apply(",\"audit\":[")
          .compose(begun -> all(items, after -> deeds(Deed.by(user, after, PAGE))))
          .compose(done -> all(items, after -> deeds(Deed.to(user, after, PAGE))))
          .compose(done -> out.apply("]"));
    }

    private Future<Page> deeds(AuditApi.Query query) {
      return bus.ask(AuditApi.READ, query)
          .map(page -> new Page(texts(Deed.told(user, query, page)), page.next()));
    }

    private Future<Page> contacts(Optional<String> after) {
      return bus.ask(ContactsApi.LIST, new ContactsApi.ListContacts(user, after, PAGE))
          .map(page -> new Page(texts(page.contacts()), page.next()));
    }

    private Future<Page> blocked(Optional<String> after) {
      return bus.ask(ContactsApi.BLOCKED, new ContactsApi.ListBlocked(user, after, PAGE))
          .map(page -> new Page(texts(page.blocked()), page.next()));
    }

    private Future<Page> threads(Optional<String> after) {
      FollowsApi.ListFollowed asked =
          new FollowsApi.ListFollowed(user, Optional.empty(), false, after, THREADS);
      return bus.ask(FollowsApi.LIST, asked)
          .map(page -> new Page(texts(page.threads()), page.next()));
    }

    /** First those that they are in now, then those that their own log tells of besides. */
    private Future<Void> rooms() {
      RoomsApi.ListRooms own =
          new RoomsApi.ListRooms(caller, false, Optional.empty(), Optional.empty(), ROOMS);
      Items items = new Items(out);
      Set<RoomId> written = new HashSet<>();
      return out.apply(",\"rooms\":[")
          .compose(begun -> bus.ask(RoomsApi.LIST, own))
          .compose(page -> each(items, written, page.rooms().stream().map(this::head).toList()))
          .compose(done -> Pages.through(0L, after -> former(items, written, after)))
          .compose(done -> out.apply("]"));
    }

    private Head head(RoomsApi.RoomView room) {
      ObjectNode head =
          Json.mapper()
              .createObjectNode()
              .put("id", room.id().toString())
              .put("name", room.name())
              .put("type", room.type().word());
      room.membership()
          .flatMap(RoomsApi.Own::settings)
          .ifPresent(settings -> head.set("settings", Answers.tree(settings)));
      return new Head(room.id(), head);
    }

    private Future<Optional<Long>> former(Items items, Set<RoomId> written, long after) {
      LogId own = LogId.user(user.value());
      LogApi.Read read = new LogApi.Read(own, Optional.empty(), after, Long.MAX_VALUE, 0, PAGE);
      return bus.ask(LogApi.READ, read)
          .compose(page -> each(items, written, heads(page)).map(done -> next(page)));
    }

    private Future<Void> each(Items items, Set<RoomId> written, List<Head> rooms) {
      List<Head> fresh = rooms.stream().filter(room -> written.add(room.id)).toList();
      return Pages.through(
          0,
          index ->
              index >= fresh.size()
                  ? Future.succeededFuture(Optional.<Integer>empty())
                  : room(items, fresh.get(index)).map(done -> Optional.of(index + 1)));
    }

    private Future<Void> room(Items items, Head room) {
      String head = text(room.fields);
      Items messages = new Items(out);
      return items
          .write(List.of(head.substring(0, head.length() - 1) + ",\"messages\":["))
          .compose(begun -> Pages.through(0L, after -> said(messages, room.id, after)))
          .compose(done -> out.apply("]}"));
    }

    private Future<Optional<Long>> said(Items messages, RoomId room, long after) {
      return bus.ask(AuthorsApi.SAID, new AuthorsApi.Said(room.log(), user, after, PAGE))
          .compose(
              page ->
                  messages
                      .write(page.entries().stream().map(Export::text).toList())
                      .map(page.next()));
    }
  }

  /** The items of an array, with what stands between them. */
  private static final class Items {
    private final Function<String, Future<Void>> out;
    private boolean begun;

    Items(Function<String, Future<Void>> out) {
      this.out = out;
    }

    Future<Void> write(List<String> items) {
      if (items.isEmpty()) {
        return Future.succeededFuture();
      }
      String text = items.stream().collect(Collectors.joining(",", begun ? "," : "", ""));
      begun = true;
      return out.apply(text);
    }
  }

  private record Page(List<String> items, Optional<String> next) {}

  private record Head(RoomId id, ObjectNode fields) {}

  private static List<Head> heads(LogApi.Page page) {
    List<Head> heads = new ArrayList<>();
    for (LogApi.Encoded entry : page.entries()) {
      JsonNode room = Json.object(entry.json().array()).path("body").path("room");
      if (room.isTextual()) {
        ObjectNode head = Json.mapper().createObjectNode().put("id", room.textValue());
        heads.add(new Head(new RoomId(UUID.fromString(room.textValue())), head));
      }
    }
    return heads;
  }

  private static Optional<Long> next(LogApi.Page page) {
    return page.more() && !page.entries().isEmpty()
        ? Optional.of(page.entries().get(page.entries().size() - 1).seq())
        : Optional.empty();
  }

  private static List<String> texts(List<? extends Record> items) {
    return items.stream().map(Answers::tree).map(Export::text).toList();
  }

  private static String text(LogApi.Encoded entry) {
    return new String(entry.json().array(), StandardCharsets.UTF_8);
  }

  private static String text(JsonNode node) {
    return new String(Json.bytes(node), StandardCharsets.UTF_8);
  }
}
