package io.parley.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
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

  /** One after the other, so that little of it is in memory; the first failure ends it. */
  public static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> step) {
    return through(
        0,
        index ->
            index == all.size()
                ? Future.succeededFuture(Optional.empty())
                : step.apply(all.get(index)).map(Optional.of(index + 1)));
  }

  private static <P> void turn(P place, Function<P, Future<Optional<P>>> page, Promise<Void> end) {
    Future.succeededFuture(place)
        .compose(page)
        .onSuccess(next -> next.ifPresentOrElse(more -> turn(more, page, end), end::complete))
        .onFailure(end::fail);
  }
}
