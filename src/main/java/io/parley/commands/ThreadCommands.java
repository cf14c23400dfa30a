package io.parley.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.accounts.Identity;
import io.parley.bus.Bus;
import io.parley.threads.FollowsApi;
import io.parley.threads.ThreadId;
import io.vertx.core.Future;
import java.util.Map;

/** Following threads, and saying how far one has read them. */
final class ThreadCommands {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final Bus bus;

  ThreadCommands(Bus bus) {
    this.bus = bus;
  }

  Map<String, Command> table() {
    return Map.of(
        "threads.list", this::list,
        "threads.get", this::get,
        "threads.follow", this::follow,
        "threads.unfollow", this::unfollow,
        "threads.read", this::read);
  }

  private Future<JsonNode> list(Identity caller, Args args) {
    FollowsApi.ListFollowed asked =
        new FollowsApi.ListFollowed(
            caller.user(),
            args.optionalRoom(),
            args.flag("unread"),
            args.optionalText("after"),
            args.limit(PAGE, MAX_PAGE));
    return bus.ask(FollowsApi.LIST, asked).map(Answers::followed);
  }

  private Future<JsonNode> get(Identity caller, Args args) {
    return bus.ask(FollowsApi.LOOK, new FollowsApi.Look(caller.user(), thread(args)))
        .map(Answers::tree);
  }

  private Future<JsonNode> follow(Identity caller, Args args) {
    return bus.ask(FollowsApi.FOLLOW, new FollowsApi.Follow(caller.user(), thread(args)))
        .map(Answers::tree);
  }

  private Future<JsonNode> unfollow(Identity caller, Args args) {
    return bus.ask(FollowsApi.UNFOLLOW, new FollowsApi.Unfollow(caller.user(), thread(args)))
        .map(Answers::tree);
  }

  private Future<JsonNode> read(Identity caller, Args args) {
    FollowsApi.Read asked =
        new FollowsApi.Read(
            caller.user(), thread(args), args.requiredLong("seq", 0, Args.MAX_POSITION));
    return bus.ask(FollowsApi.READ, asked).map(Answers::tree);
  }

  /** What stands behind the badge of a thread, which goes by {@code thread} here. */
  static Future<JsonNode> explain(Bus bus, Identity caller, Args args, int limit) {
    ThreadId thread = new ThreadId(args.room(), args.requiredLong("thread", 1, Args.MAX_POSITION));
    FollowsApi.Explain asked =
        new FollowsApi.Explain(
            caller.user(), thread, args.optionalLong("after", 0, Args.MAX_POSITION), limit);
    return bus.ask(FollowsApi.EXPLAIN, asked)
        .map(Answers::explained)
        .map(answer -> ((ObjectNode) answer).put("thread", thread.root()));
  }

  private static ThreadId thread(Args args) {
    return new ThreadId(args.room(), args.requiredLong("target", 1, Args.MAX_POSITION));
  }
}
