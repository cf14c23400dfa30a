package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.bus.Endpoint;
import io.parley.contacts.ContactsApi;
import io.vertx.core.Future;
import java.util.Map;

/** Whom one knows, and of whom one wants nothing. */
final class ContactCommands {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  private final Bus bus;

  ContactCommands(Bus bus) {
    this.bus = bus;
  }

  Map<String, Command> table() {
    return Map.of(
        "contacts.add", this::add,
        "contacts.remove", this::remove,
        "contacts.list", this::list,
        "contacts.block", this::block,
        "contacts.unblock", this::unblock,
        "contacts.blocked", this::blocked);
  }

  private Future<JsonNode> add(Identity caller, Args args) {
    return tree(
        ContactsApi.ADD,
        new ContactsApi.Add(caller.user(), args.user("user"), args.optionalText("name")));
  }

  private Future<JsonNode> remove(Identity caller, Args args) {
    return done(ContactsApi.REMOVE, new ContactsApi.Remove(caller.user(), args.user("user")));
  }

  private Future<JsonNode> list(Identity caller, Args args) {
    return tree(
        ContactsApi.LIST,
        new ContactsApi.ListContacts(
            caller.user(), args.optionalText("after"), args.limit(PAGE, MAX_PAGE)));
  }

  private Future<JsonNode> block(Identity caller, Args args) {
    return done(ContactsApi.BLOCK, new ContactsApi.Block(caller.user(), args.user("user")));
  }

  private Future<JsonNode> unblock(Identity caller, Args args) {
    return done(ContactsApi.UNBLOCK, new ContactsApi.Unblock(caller.user(), args.user("user")));
  }

  private Future<JsonNode> blocked(Identity caller, Args args) {
    return tree(
        ContactsApi.BLOCKED,
        new ContactsApi.ListBlocked(
            caller.user(), args.optionalText("after"), args.limit(PAGE, MAX_PAGE)));
  }

  private <Q extends Record, R extends Record> Future<JsonNode> tree(
      Endpoint<Q, R> endpoint, Q request) {
    return bus.ask(endpoint, request).map(Answers::tree);
  }

  private <Q extends Record> Future<JsonNode> done(
      Endpoint<Q, ContactsApi.Done> endpoint, Q request) {
    return bus.ask(endpoint, request).map(done -> Answers.done());
  }
}
