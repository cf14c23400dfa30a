package io.parley.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Function;

/** Goes through what is answered page by page, one after the other. */
public final class Pages {
  private Pages() {}

  /**
   * Completes after the last page, and fails with the first that does. However many there are, they
   * are not chained: the end of a long chain would need a deep stack.
   *
   * @param page does one, and tells where the next begins; nothing after the last
   */
  public static <P> Future<Void> through(P first, Function<P, Future<Optional<P>>> page) {
    Promise<Void> end = Promise.promise();
    turn(first, page, end);
    return end.future();
  }

  private static <P> void turn(P place, Function<P, Future<Optional<P>>> page, Promise<Void> end) {
    Future.succeededFuture(place)
        .compose(page)
        .onSuccess(next -> next.ifPresentOrElse(more -> turn(more, page, end), end::complete))
        .onFailure(end::fail);
  }
}
