package io.parley.stores.mongo;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Questions of which a few are under way at a time. */
final class Waves {
  private static final int AT_ONCE = 16;

  private Waves() {}

  /** Puts one question for each; the answers come in the order asked. */
  static <A, R> Future<List<R>> each(List<A> asked, Function<A, Future<R>> question) {
    return from(0, asked, question, new ArrayList<>());
  }

  private static <A, R> Future<List<R>> from(
      int from, List<A> asked, Function<A, Future<R>> question, List<R> answers) {
    if (from >= asked.size()) {
      return Future.succeededFuture(answers);
    }
    int to = Math.min(from + AT_ONCE, asked.size());
    List<Future<R>> wave = asked.subList(from, to).stream().map(question).toList();
    return Future.all(wave)
        .compose(
            all -> {
              wave.forEach(answer -> answers.add(answer.result()));
              return from(to, asked, question, answers);
            });
  }
}
