package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedNodesTest {
  private final List<String> asked = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final NamedNodes nodes =
      new NamedNodes("chat.example.org", 5701, List.of("10.0.0.9:5702"), this::resolve);

  @Test
  void eachAddressIsANodeOfEitherKind() {
    addresses.addAll(List.of("10.0.0.2", "10.0.0.1", "2001:db8::7"));

    assertThat(nodes.getMembers())
        .containsExactly(
            "10.0.0.9:5702", "10.0.0.1:5701", "10.0.0.2:5701", "[2001:db8:0:0:0:0:0:7]:5701");
    assertThat(asked).containsExactly("chat.example.org");
  }

  @Test
  void theNameIsResolvedEachTime() {
    assertThat(nodes.getMembers()).containsExactly("10.0.0.9:5702");
    addresses.add("10.0.0.1");
    assertThat(nodes.getMembers()).hasSize(2);
    addresses.set(0, "10.0.0.3");
    assertThat(nodes.getMembers()).containsExactly("10.0.0.9:5702", "10.0.0.3:5701");
    assertThat(asked).hasSize(3);
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    asked.add(name);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(name);
    }
    InetAddress[] found = new InetAddress[addresses.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.getByName(addresses.get(i));
    }
    return found;
  }
}
