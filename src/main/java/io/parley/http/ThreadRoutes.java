package io.parley.http;

/** Which threads one follows, and how far one has read them. */
final class ThreadRoutes {
  private final Operations operations;

  ThreadRoutes(Operations operations) {
    this.operations = operations;
  }

  void mount() {
    operations
        .on(
            "listThreads",
            call ->
                operations.run("threads.list", call).map(page -> Links.list(call, "after", page)))
        .on("getFollowing", call -> operations.run("threads.get", call).map(Reply::ok))
        .on("followThread", call -> operations.run("threads.follow", call).map(Reply::ok))
        .on("unfollowThread", call -> operations.run("threads.unfollow", call).map(Reply::ok))
        .on("readThread", call -> operations.run("threads.read", call).map(Reply::ok));
  }
}
