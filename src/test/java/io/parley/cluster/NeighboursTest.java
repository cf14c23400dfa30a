package io.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.fixtures.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  @Test
  void onlyThoseThatListenAreNamedAndEachTimeAnew() throws IOException {
    String nobody = "127.0.0.1:" + FreePorts.one();
    String somebody;
    Neighbours neighbours;
    try (ServerSocket node = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      somebody = "127.0.0.1:" + node.getLocalPort();
      neighbours = new Neighbours(List.of(nobody, somebody));
      assertThat(neighbours.getMembers()).containsExactly(somebody);
    }
    assertThat(neighbours.getMembers()).isEmpty();
  }

  @Test
  void whoWasMetIsLookedForToo() throws IOException {
    try (ServerSocket here = new ServerSocket(0)) {
      Neighbours neighbours = new Neighbours(List.of());

      neighbours.met("127.0.0.1:" + here.getLocalPort());

      assertThat(neighbours.getMembers()).containsExactly("127.0.0.1:" + here.getLocalPort());
    }
  }

  @Test
  void ofTooManyWhoWereMetThoseWhoDoNotAnswerAreForgotten() throws IOException {
    try (ServerSocket here = new ServerSocket(0)) {
      Neighbours neighbours = new Neighbours(List.of());
      neighbours.met("127.0.0.1:" + here.getLocalPort());

      for (int port = 1; port <= 200; port++) {
        neighbours.met("127.0.0.1:" + port);
      }

      assertThat(neighbours.getMembers()).contains("127.0.0.1:" + here.getLocalPort());
      assertThat(neighbours.known()).isLessThanOrEqualTo(64);
    }
  }
}
