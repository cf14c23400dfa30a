package io.parley.bridge;

import io.parley.log.LogStore;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/** A store of logs that tells how often it was asked, and how many rows it gave. */
final class CountedStore {
  private final AtomicLong questions = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final LogStore store;

  CountedStore(LogStore real) {
    this.store =
        (LogStore)
            Proxy.newProxyInstance(
                LogStore.class.getClassLoader(),
                new Class<?>[] {LogStore.class},
                (proxy, method, args) -> ask(real, method, args));
  }

  LogStore store() {
    return store;
  }

  long questions() {
    return questions.get();
  }

  long rows() {
    return rows.get();
  }

  private Object ask(LogStore real, Method method, Object[] args) throws Throwable {
    try {
      Object answer = method.invoke(real, args);
      if (!method.getName().equals("append") && answer instanceof Future<?> coming) {
        questions.incrementAndGet();
        coming.onSuccess(this::count);
      }
      return answer;
    } catch (InvocationTargetException refused) {
      throw refused.getCause();
    }
  }

  private void count(Object answer) {
    if (answer instanceof Collection<?> all) {
      rows.addAndGet(all.size());
    }
  }
}
