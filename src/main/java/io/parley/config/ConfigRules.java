package io.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must hold between the values, beyond the type and range of each. */
final class ConfigRules {
  private static final long LEAST_SEND_BUFFER = 16 << 10;
  private static final long MOST_SEND_BUFFER = 16 << 20;
  private static final Duration LAST_THINGS = Duration.ofSeconds(5);
  private static final int SECRET_LENGTH = 32;
  private static final int SECRET_VARIETY = 8;
  private static final List<String> WEAK =
      List.of("changeme", "change-me", "change_me", "default", "example", "your-", "your_");

  private final Config config;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private ConfigRules(Config config) {
    this.config = config;
  }

  static List<ConfigProblem> check(Config config) {
    ConfigRules rules = new ConfigRules(config);
    rules.node();
    rules.hosts();
    rules.edges();
    rules.ports();
    rules.times();
    rules.sizes();
    rules.stores();
    rules.secrets();
    rules.cluster();
    rules.problems.addAll(config.mail().problems(config.http()));
    rules.problems.addAll(config.audit().problems());
    rules.problems.addAll(config.presence().problems());
    rules.problems.addAll(config.events().webhook().problems());
    return rules.problems;
  }

  private void node() {
    demand(!config.node().roles().isEmpty(), "node.roles", "must name at least one role");
    for (String member : config.cluster().members()) {
      demand(
          member.matches("\\S+:\\d{1,5}"), "cluster.members", "expects host:port, not " + member);
    }
  }

  private void hosts() {
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put("http.host", config.http().host());
    hosts.put("bridge.host", config.bridge().host());
    hosts.put("admin.host", config.admin().host());
    hosts.put("cluster.host", config.cluster().host());
    hosts.put("postgres.host", config.postgres().host());
    hosts.put("redis.host", config.redis().host());
    hosts.put("mongo.host", config.mongo().host());
    hosts.forEach(
        (path, host) ->
            demand(host.matches("\\S+"), path, "expects the name or address of a machine"));
  }

  private void edges() {
    String publicUrl = config.http().publicUrl();
    demand(
        publicUrl.isEmpty() || isHttp(publicUrl),
        "http.publicUrl",
        "expects a URL such as https://chat.example.org");
    origins("http.origins", config.http().origins());
    config.edge().trustedProxies().forEach(this::proxy);
    origins("bridge.origins", config.bridge().origins());
    edgeTls("http.tls", config.http().tls());
    edgeTls("bridge.tls", config.bridge().tls());
  }

  private void origins(String path, List<String> origins) {
    for (String origin : origins) {
      demand(
          origin.matches("https?://[^/?#\\s]+"),
          path,
          "expects scheme, host and port as browsers send them, such as https://example.org, not "
              + origin);
    }
  }

  private void proxy(String network) {
    try {
      Network.parse(network);
    } catch (IllegalArgumentException unfit) {
      problems.add(new ConfigProblem("edge.trustedProxies", String.valueOf(unfit.getMessage())));
    }
  }

  private void ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("http.port", config.http().port());
    ports.put("bridge.port", config.bridge().port());
    ports.put("admin.port", config.admin().port());
    if (!config.cluster().standalone()) {
      ports.put("cluster.port", config.cluster().port());
      ports.put("cluster.busPort", config.cluster().busPort());
    }
    Map<Integer, String> taken = new LinkedHashMap<>();
    ports.forEach(
        (path, port) -> {
          String other = port == 0 ? null : taken.putIfAbsent(port, path);
          demand(other == null, path, "is " + port + ", which is " + other + " already");
        });
  }

  private void times() {
    NodeConfig node = config.node();
    demand(
        node.routingPause().plus(node.moving()).plus(LAST_THINGS).compareTo(node.drain()) <= 0,
        "node.drain",
        "must be longer than node.routingPause and node.moving together, by "
            + LAST_THINGS.toSeconds()
            + "s at least");
    demand(
        config.postgres().statementTimeout().compareTo(config.log().deadline()) < 0,
        "postgres.statementTimeout",
        "must be shorter than log.deadline");
    demand(
        config.bridge().heartbeat().compareTo(config.bridge().liveness()) < 0,
        "bridge.heartbeat",
        "must be shorter than bridge.liveness");
    demand(
        config.auth().accessToken().compareTo(config.auth().refreshToken()) <= 0,
        "auth.accessToken",
        "must not outlive auth.refreshToken");
    demand(
        config.auth().refreshToken().compareTo(config.auth().refreshLifetime()) <= 0,
        "auth.refreshToken",
        "must not outlive auth.refreshLifetime");
    demand(
        config.auth().refreshGrace().compareTo(AuthConfig.MOST_GRACE) <= 0,
        "auth.refreshGrace",
        "must not be longer than " + AuthConfig.MOST_GRACE.toSeconds() + "s");
  }

  private void sizes() {
    demand(
        config.limits().historyPage() <= config.limits().historyMax(),
        "limits.historyPage",
        "must not be more than limits.historyMax");
    demand(
        config.edge().frameRate() == 0
            || config.edge().frameBurst() >= config.bridge().maxRegistrations(),
        "edge.frameBurst",
        "must not be less than bridge.maxRegistrations, or a socket that comes back could not"
            + " register again at once");
    long sendBuffer = config.edge().sendBuffer().bytes();
    demand(
        sendBuffer >= LEAST_SEND_BUFFER && sendBuffer <= MOST_SEND_BUFFER,
        "edge.sendBuffer",
        "must be from 16KiB to 16MiB");
    demand(
        config.limits().messageBytes().bytes() < config.bridge().maxFrame().bytes(),
        "limits.messageBytes",
        "must be less than bridge.maxFrame, or no socket could send such a message");
    demand(
        config.limits().messageBytes().bytes() < config.http().maxBody().bytes(),
        "limits.messageBytes",
        "must be less than http.maxBody, or no request could carry such a message");
  }

  private void stores() {
    if (!config.node().embedded()) {
      demand(
          isHttp(config.s3().endpoint()),
          "s3.endpoint",
          "expects a URL such as http://localhost:9000");
    }
    String publicUrl = config.s3().publicUrl();
    demand(
        publicUrl.isEmpty() || isHttp(publicUrl),
        "s3.publicUrl",
        "expects a URL such as https://media.example.org");
  }

  private void secrets() {
    Secret jwt = config.auth().jwtSecret();
    if (!config.node().embedded() || jwt.present()) {
      demand(
          jwt.value().length() >= SECRET_LENGTH,
          "auth.jwtSecret",
          "must have at least " + SECRET_LENGTH + " characters; make one: openssl rand -base64 48");
    }
    demand(
        config.node().embedded() || !jwt.present() || !isWeak(jwt.value()),
        "auth.jwtSecret",
        "can be guessed; make another one: openssl rand -base64 48");
    demand(
        config.auth().previousSecrets().stream()
            .allMatch(secret -> secret.value().length() >= SECRET_LENGTH),
        "auth.previousSecrets",
        "must have at least " + SECRET_LENGTH + " characters each");
    demand(
        config.node().embedded()
            || config.cluster().standalone()
            || Hosts.isLoopback(config.cluster().host())
            || config.cluster().secret().present(),
        "cluster.secret",
        "must be set when the cluster listens beyond this machine");
  }

  private void cluster() {
    ClusterConfig cluster = config.cluster();
    demand(
        cluster.standalone()
            || Hosts.isLoopback(cluster.host())
            || cluster.tls().present()
            || cluster.insecure(),
        "cluster.tls",
        "is required when the event bus listens beyond this machine; name certificate, key and"
            + " authority, or set cluster.insecure: true if nobody else can reach cluster.busPort");
    if (cluster.tls().present()) {
      file("cluster.tls", "certificate", cluster.tls().certificate());
      file("cluster.tls", "key", cluster.tls().key());
      file("cluster.tls", "authority", cluster.tls().authority());
    }
    demand(
        cluster.dns().matches("\\S*") && !cluster.dns().contains(":"),
        "cluster.dns",
        "expects a name such as parley-cluster.chat.svc.cluster.local, without a port");
  }

  private void edgeTls(String section, EdgeTlsConfig tls) {
    if (tls.present()) {
      file(section, "certificate", tls.certificate());
      file(section, "key", tls.key());
    }
  }

  private void file(String section, String name, String file) {
    demand(!file.isBlank(), section + "." + name, "must be set with the other files of " + section);
  }

  private static boolean isWeak(String secret) {
    String lower = secret.toLowerCase(Locale.ROOT);
    return secret.chars().distinct().count() < SECRET_VARIETY
        || WEAK.stream().anyMatch(lower::contains);
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException notUrl) {
      return false;
    }
  }

  private void demand(boolean holds, String path, String otherwise) {
    if (!holds) {
      problems.add(new ConfigProblem(path, otherwise));
    }
  }
}
