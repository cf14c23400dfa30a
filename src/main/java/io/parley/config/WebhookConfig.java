package io.parley.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An address that events are posted to.
 *
 * @param url empty: nobody is told
 * @param secret what posts are signed with
 * @param kinds the words of those that are told; empty: all
 * @param privateAddresses whether it may be within networks that only those inside can reach
 */
public record WebhookConfig(
    String url,
    Secret secret,
    List<String> kinds,
    Duration timeout,
    boolean privateAddresses,
    String authority) {
  private static final int SECRET_LENGTH = 32;
  private static final String ENCODED = "whsec_";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** Whether anybody is told. */
  public boolean present() {
    return !url.isEmpty();
  }

  List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    if (!present()) {
      return problems;
    }
    Optional<URI> address = address();
    if (address.isEmpty()) {
      problems.add(
          new ConfigProblem(
              "events.webhook.url", "expects a URL such as https://example.org/parley"));
    } else if (!"https".equals(address.get().getScheme()) && !privateAddresses) {
      problems.add(
          new ConfigProblem(
              "events.webhook.url",
              "must be https, unless events.webhook.privateAddresses says that it is nearby"));
    }
    if (secret.value().length() < SECRET_LENGTH) {
      problems.add(
          new ConfigProblem(
              "events.webhook.secret",
              "must have at least "
                  + SECRET_LENGTH
                  + " characters; make one: openssl rand -base64 48"));
    }
    if (secret.value().startsWith(ENCODED) && !encoded(secret.value())) {
      problems.add(new ConfigProblem("events.webhook.secret", "must be Base64 behind " + ENCODED));
    }
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      problems.add(new ConfigProblem("events.webhook.timeout", "must be from 1s to 10s"));
    }
    return problems;
  }

  private static boolean encoded(String secret) {
    try {
      return Base64.getDecoder().decode(secret.substring(ENCODED.length())).length > 0;
    } catch (IllegalArgumentException other) {
      return false;
    }
  }

  private Optional<URI> address() {
    try {
      return Optional.of(new URI(url))
          .filter(uri -> uri.getHost() != null && uri.getUserInfo() == null)
          .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException notUrl) {
      return Optional.empty();
    }
  }
}
