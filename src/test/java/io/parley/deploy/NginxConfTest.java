package io.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.Config;
import io.parley.config.ConfigLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands in front of the nodes, as far as it can be judged without nginx. */
class NginxConfTest {
  private static final Path CONF = Path.of("src/main/docker/nginx/nginx.conf");

  private final String conf = ComposeFile.text(CONF).replaceAll("(?m)^ *#.*$| # .*$", "");
  private final ComposeFile compose = ComposeFile.render(ComposeFile.example());
  private final Config usual = ConfigLoader.defaults();

  @Test
  void everyStatementEnds() {
    assertThat(conf.chars().filter(c -> c == '{').count())
        .isEqualTo(conf.chars().filter(c -> c == '}').count());
    assertThat(conf.lines().map(String::strip))
        .filteredOn(line -> !line.isEmpty() && !line.startsWith("'") && !line.startsWith("log_"))
        .allMatch(line -> line.matches(".*[;{}]"));
  }

  @Test
  void everyUpstreamIsAServiceAtThePortItListensOn() {
    List<MatchResult> servers = found("server ([\\w-]+):(\\d+) resolve");

    assertThat(servers).map(found -> found.group(1)).allMatch(compose.services()::containsKey);
    assertThat(block("upstream rest"))
        .contains("edge-1:" + usual.http().port(), "edge-2:" + usual.http().port());
    assertThat(block("upstream sockets"))
        .contains("edge-1:" + usual.bridge().port(), "edge-2:" + usual.bridge().port());
    assertThat(found("proxy_pass http://(\\w+);"))
        .map(found -> found.group(1))
        .allMatch(name -> conf.contains("upstream " + name + " {"))
        .containsExactlyInAnyOrder("rest", "sockets", "s3");
    assertThat(conf).contains("resolver 127.0.0.11 ");
  }

  @Test
  void socketsAreUpgradedAndOutliveThePauseBetweenPings() {
    assertThat(conf)
        .contains("proxy_http_version 1.1;")
        .contains("proxy_set_header Upgrade $http_upgrade;")
        .contains("proxy_set_header Connection $connection_header;");
    String sockets = block("location ~ ^/eventbus(/|$)");
    assertThat(sockets).contains("proxy_buffering off;");
    for (String way : List.of("read", "send")) {
      Matcher timeout = Pattern.compile("proxy_" + way + "_timeout (\\d+)s;").matcher(sockets);
      assertThat(timeout.find()).isTrue();
      assertThat(Long.parseLong(timeout.group(1)))
          .isGreaterThan(usual.bridge().heartbeat().toSeconds())
          .isGreaterThan(usual.bridge().liveness().toSeconds());
    }
  }

  @Test
  void requestsOfOnePollingSessionMeetOneNode() {
    assertThat(block("upstream sockets")).contains("hash $affinity consistent;");
    Matcher rule = Pattern.compile("\"~(\\^/eventbus/\\S+)\" \\$session;").matcher(conf);
    assertThat(rule.find()).isTrue();
    Pattern session = Pattern.compile(rule.group(1));

    assertThat(List.of("xhr", "xhr_send", "xhr_streaming", "eventsource"))
        .allSatisfy(
            way -> {
              Matcher found = session.matcher("/eventbus/042/k3x9/" + way);
              assertThat(found.find()).isTrue();
              assertThat(found.group("session")).isEqualTo("042/k3x9");
            });
    assertThat(List.of("/eventbus", "/eventbus/info", "/eventbus/websocket"))
        .noneMatch(path -> session.matcher(path).find());
  }

  /** What Parley believes must not be what a client made up; set in a block, these replace all. */
  @Test
  void whatParleyBelievesIsSetHere() {
    assertThat(conf)
        .contains("proxy_set_header Host $http_host;")
        .contains("proxy_set_header X-Forwarded-Host $http_host;")
        .contains("proxy_set_header X-Forwarded-Proto $scheme;")
        .contains("proxy_set_header X-Forwarded-For $remote_addr;");
    assertThat(conf.substring(conf.indexOf("\n  server {"))).doesNotContain("proxy_set_header");
  }

  @Test
  void parleyItselfSaysWhatIsTooLarge() {
    assertThat(conf).contains("client_max_body_size 1m;");
    assertThat(usual.http().maxBody().bytes()).isLessThan(1 << 20);
  }

  @Test
  void mediaGoWhereTheirUrlsPoint() {
    String bucket = compose.environment("core-1").get("PARLEY_S3_BUCKET");

    assertThat(block("location /" + bucket + "/"))
        .contains("limit_except GET PUT", "proxy_request_buffering off;")
        .contains("client_max_body_size 2g;");
  }

  @Test
  void whatIsSignedIntoUrlsIsNotLogged() {
    String format = conf.substring(conf.indexOf("log_format"), conf.indexOf("access_log"));

    assertThat(format).contains("$uri").doesNotContain("$request\"", "$request_uri", "$args");
  }

  @Test
  void itsHealthIsAskedWhereItListens() {
    String asked = compose.service("nginx").at("/healthcheck/test").toString();

    assertThat(asked).contains("http://127.0.0.1:8090/");
    assertThat(conf).contains("listen 127.0.0.1:8090;");
    assertThat(compose.service("nginx").at("/ports/0").asText()).endsWith(":8080");
    assertThat(conf).contains("listen 8080;");
  }

  /** Everything between the braces that open behind this. */
  private String block(String head) {
    int open = conf.indexOf(head + " {");
    assertThat(open).as(head).isPositive();
    int at = conf.indexOf('{', open) + 1;
    for (int depth = 1; depth > 0; at++) {
      depth += conf.charAt(at) == '{' ? 1 : conf.charAt(at) == '}' ? -1 : 0;
    }
    return conf.substring(open, at);
  }

  private List<MatchResult> found(String pattern) {
    return Pattern.compile(pattern).matcher(conf).results().toList();
  }
}
