package io.parley.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The metrics of a node: one registry, and the rules that keep it small.
 *
 * <p>No tag may take its values from outside (addresses, rooms, users, unknown methods); should one
 * slip in, it ends at a hundred values.
 */
public final class Metrics implements AutoCloseable {
  private static final int MAX_TAG_VALUES = 100;
  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);
  private static final double[] BUCKETS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final LogbackMetrics lines = new LogbackMetrics();

  /** A registry with everything about the process in it. */
  public Metrics() {
    registry.config().meterFilter(new Histograms()).meterFilter(bounded("address"));
    Stream.of("route", "reason", "kind", "class", "message")
        .forEach(tag -> registry.config().meterFilter(bounded(tag)));
    Stream.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics(),
            collections,
            lines)
        .forEach(binder -> binder.bindTo(registry));
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** What Vert.x may count by itself, and with which tags. */
  public static MicrometerMetricsOptions vertx() {
    return new MicrometerMetricsOptions()
        .setEnabled(true)
        .setLabels(
            EnumSet.of(
                Label.HTTP_ROUTE,
                Label.HTTP_CODE,
                Label.POOL_TYPE,
                Label.POOL_NAME,
                Label.EB_SIDE,
                Label.EB_FAILURE))
        .setServerRequestTagsProvider(Metrics::method)
        .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET)
        .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
        .addDisabledMetricsCategory(MetricsDomain.NET_SERVER);
  }

  @Override
  public void close() {
    collections.close();
    lines.close();
    registry.close();
  }

  private static Iterable<Tag> method(HttpRequest request) {
    HttpMethod method = request.method();
    return Tags.of("method", METHODS.contains(method) ? method.name() : "other");
  }

  private static MeterFilter bounded(String tag) {
    return MeterFilter.maximumAllowableTags("parley", tag, MAX_TAG_VALUES, MeterFilter.deny());
  }

  /** Gives our own timers, and those of requests, the same buckets. */
  private static final class Histograms implements MeterFilter {
    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      boolean timed =
          id.getType() == Meter.Type.TIMER
              && (id.getName().startsWith("parley.")
                  || id.getName().equals("vertx.http.server.response.time"));
      return timed
          ? DistributionStatisticConfig.builder()
              .serviceLevelObjectives(BUCKETS)
              .build()
              .merge(config)
          : config;
    }
  }
}
