package io.parley.cli.load;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The nodes whose use is measured, which need not be those that are talked to: their admin ports
 * tell what they count, {@code /proc} what they use.
 */
final class Nodes {
  private static final int PATIENCE_MS = 5_000;

  private final HttpClient client;
  private final List<URI> admins;
  private final List<Long> pids;
  private final long stores;

  /**
   * Asks over a connection of its own each time: one that was kept may be closed by the node just
   * when it is asked again.
   *
   * @param admins where each can be asked what it counts; may be empty
   * @param pids the process of each, in the same order; may be empty
   * @param stores the process of stores that stand alone, 0 for none
   */
  Nodes(Vertx vertx, List<URI> admins, List<Long> pids, long stores) {
    this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    this.admins = List.copyOf(admins);
    this.pids = List.copyOf(pids);
    this.stores = stores;
  }

  /** Whether anything of them can be known. */
  boolean known() {
    return !admins.isEmpty() || !pids.isEmpty();
  }

  /** All that they have used up to now. Fails UNAVAILABLE when one cannot be asked. */
  Future<Stock> take() {
    double seconds = Stock.now();
    List<Long> apart = Stream.concat(Stream.of(stores), descendants()).toList();
    double storeSeconds = ProcessCpu.seconds(apart);
    double toolSeconds = ProcessCpu.seconds(List.of(ProcessHandle.current().pid()));
    List<Future<NodeUse>> uses =
        IntStream.range(0, Math.max(admins.size(), pids.size())).mapToObj(this::take).toList();
    return Future.all(uses)
        .map(
            all ->
                new Stock(
                    seconds,
                    uses.stream().map(Future::result).toList(),
                    storeSeconds,
                    toolSeconds));
  }

  /** What they have just now; cheap enough to be asked all the time. Fails likewise. */
  Future<Peak> look() {
    long resident = pids.stream().mapToLong(ProcessCpu::residentBytes).sum();
    List<Future<Peak>> looks =
        admins.stream().map(admin -> scrape(admin).map(Peak::counted)).toList();
    return Future.all(looks)
        .map(
            all ->
                looks.stream()
                    .map(Future::result)
                    .reduce(Peak.ofProcesses(resident), Peak::beside));
  }

  private Stream<Long> descendants() {
    return stores == 0 ? Stream.empty() : ProcessCpu.descendants(stores).stream();
  }

  private Future<NodeUse> take(int index) {
    long pid = index < pids.size() ? pids.get(index) : 0;
    if (index >= admins.size()) {
      return Future.succeededFuture(NodeUse.now("process " + pid, pid));
    }
    URI admin = admins.get(index);
    NodeUse used = NodeUse.now(admin.getAuthority(), pid);
    return scrape(admin).map(used::counting);
  }

  private Future<Scrape> scrape(URI admin) {
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(admin.getHost())
                .setPort(admin.getPort())
                .setURI("/metrics")
                .setTimeout(PATIENCE_MS))
        .compose(request -> request.send())
        .compose(response -> response.body().map(page -> scrape(admin, response, page)));
  }

  private static Scrape scrape(URI admin, HttpClientResponse response, Buffer page) {
    if (response.statusCode() != 200) {
      throw Failure.of(Reason.UNAVAILABLE, admin + " answered " + response.statusCode());
    }
    return new Scrape(page.toString());
  }
}
