package io.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.config.Network;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final String PROXY = "10.1.2.3";
  private static final String STRANGER = "198.51.100.7";

  private final Proxies proxies =
      new Proxies(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"), new Random(1));

  private Remote remote(String peer, String... headers) {
    MultiMap given = MultiMap.caseInsensitiveMultiMap();
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      given.add(parts[0], parts[1]);
    }
    return proxies.remote(new Remote(peer, false, false), given);
  }

  @Test
  void nobodyElseIsBelieved() {
    Remote remote =
        remote(
            STRANGER,
            "X-Forwarded-For: 203.0.113.9",
            "Forwarded: for=203.0.113.9;proto=https",
            "X-Forwarded-Proto: https",
            "X-Parley-Remote: 00 false true 203.0.113.9");

    assertThat(remote).isEqualTo(new Remote(STRANGER, false, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "203.0.113.9|203.0.113.9",
        "1.1.1.1, 203.0.113.9|203.0.113.9",
        "1.1.1.1, 203.0.113.9, 10.9.9.9|203.0.113.9",
        "1.1.1.1 ,203.0.113.9:4711,192.0.2.7|203.0.113.9",
        "1.1.1.1, unknown|10.1.2.3",
        "1.1.1.1, unknown, 10.9.9.9|10.9.9.9",
        "10.4.4.4, 10.9.9.9|10.4.4.4",
        "::ffff:203.0.113.9|203.0.113.9",
        "2001:db8::1|2001:db8::1",
        "[2001:db8::1]:4711, fd00::7|2001:db8::1",
        "'; DROP|10.1.2.3",
        ",,,|10.1.2.3",
      })
  void theNearestAddressThatIsNoProxyCounts(String header, String address) {
    assertThat(remote(PROXY, "X-Forwarded-For: " + header).address()).isEqualTo(address);
    assertThat(remote("::ffff:" + PROXY, "X-Forwarded-For: 203.0.113.9").address())
        .isEqualTo("203.0.113.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "for=203.0.113.9|203.0.113.9|false",
        "for=203.0.113.9;proto=https;by=10.1.2.3|203.0.113.9|true",
        "for=1.1.1.1;proto=http, For=\"203.0.113.9:80\";Proto=\"https\"|203.0.113.9|true",
        "for=\"[2001:db8::1]:4711\";proto=https, for=10.9.9.9;proto=http|2001:db8::1|true",
        "for=1.1.1.1, for=_hidden;proto=https|10.1.2.3|false",
        "for=\"1.1.1.1, for=203.0.113.9|10.1.2.3|false",
        "by=\"a,b;for=1.1.1.1\";for=203.0.113.9|203.0.113.9|false",
      })
  void theStandardFormIsUnderstood(String header, String address, boolean secure) {
    Remote remote = remote(PROXY, "Forwarded: " + header);

    assertThat(remote.address()).isEqualTo(address);
    assertThat(remote.secure()).isEqualTo(secure);
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(remote(PROXY, "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.9").address())
        .isEqualTo("203.0.113.9");
  }

  @Test
  void ofTwoAccountsThatDifferNeitherCounts() {
    assertThat(remote(PROXY, "Forwarded: for=1.1.1.1", "X-Forwarded-For: 203.0.113.9").address())
        .isEqualTo(PROXY);
    assertThat(
            remote(PROXY, "Forwarded: for=203.0.113.9", "X-Forwarded-For: 203.0.113.9").address())
        .isEqualTo("203.0.113.9");
  }

  @ParameterizedTest
  @CsvSource({"https, true", "http, false", "'http, https', true", "'https, http', false"})
  void theProtocolIsToldByTheNearest(String header, boolean secure) {
    assertThat(
            remote(PROXY, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: " + header).secure())
        .isEqualTo(secure);
  }

  @Test
  void whatThisNodeHandsOnIsBelievedAndOnlyThat() {
    Remote caller = new Remote("2001:db8::1", true, true);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("X-Parley-Remote", "0 true true 1.1.1.1");
    proxies.handOn(caller, headers);

    assertThat(headers.getAll("X-Parley-Remote")).hasSize(1);
    assertThat(proxies.remote(new Remote("127.0.0.1", false, false), headers)).isEqualTo(caller);
    assertThat(
            new Proxies(List.of(), new Random(2))
                .remote(new Remote("127.0.0.1", false, false), headers)
                .address())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void ofIpv6TheNetworkIsCounted() {
    assertThat(new Remote("2001:db8:1:2::1", false, false).counted())
        .isEqualTo(new Remote("2001:db8:1:2:ffff::9", false, false).counted())
        .isNotEqualTo(new Remote("2001:db8:1:3::1", false, false).counted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.0/",
        "999.0.0.1",
        "::1/129",
        "1::2::3"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expects an address or a network");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.129, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "10.0.0.0/8, ::1, false",
  })
  void aNetworkHoldsWhatBeginsLikeIt(String network, String address, boolean holds) {
    Proxies one = new Proxies(List.of(network), new Random(3));

    assertThat(one.trusts(address)).isEqualTo(holds);
  }
}
