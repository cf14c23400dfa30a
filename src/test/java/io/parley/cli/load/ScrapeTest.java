package io.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read off a node's admin port. */
class ScrapeTest {
  private static final Scrape PAGE =
      new Scrape(
          """
          # HELP parley_bus_sent_total so many
          # TYPE parley_bus_sent_total counter
          parley_bus_sent_total{message="log.Append"} 3.0
          parley_bus_sent_total{message="log.Delivery",odd="a b"} 1.0E3
          parley_bus_sent_total{odd="a b",message="log.Delivery"} 2.0
          parley_bus_sent_bytes_total{message="log.Append"} 300.0
          parley_bridge_deliveries_total 12.0
          """);

  private static final Scrape AFTER =
      new Scrape(
          """
          parley_bus_sent_total{message="log.Append"} 5.0
          parley_bus_sent_total{message="log.Delivery"} 1002.0
          parley_bridge_deliveries_total 20.0
          parley_bus_registrations 7.0
          parley_bridge_closed_total{code="4408"} 2.0
          parley_bridge_closed_total{code="1000"} 5.0
          parley_overload_level 3.0
          parley_log_commits_total 4.0
          parley_log_batch_entries_count 4.0
          parley_log_batch_entries_sum 50.0
          jvm_memory_used_bytes{area="heap",id="Old"} 1.0E6
          jvm_memory_used_bytes{area="heap",id="Eden"} 2000.0
          jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0
          """);

  @Test
  void whatIsCountedApartIsSummed() {
    assertThat(PAGE.total("parley_bus_sent_total")).isEqualTo(1_005);
    assertThat(PAGE.total("parley_bridge_deliveries_total")).isEqualTo(12);
    assertThat(PAGE.total("parley_bridge_deliveries")).isZero();
  }

  @Test
  void orToldApart() {
    assertThat(PAGE.by("message", "parley_bus_sent_total"))
        .isEqualTo(Map.of("log.Append", 3.0, "log.Delivery", 1_002.0));
    assertThat(PAGE.by("message", "parley_bridge_deliveries_total")).isEmpty();
  }

  @Test
  void theUseOfANodeBetweenTwoMomentsIsTheDifference() {
    NodeUse before = NodeUse.now("a", 0).counting(PAGE);
    NodeUse after = NodeUse.now("a", 0).counting(AFTER);

    NodeUse between = after.since(before);
    assertThat(between.deliveries()).isEqualTo(8);
    assertThat(between.sent()).containsEntry("log.Append", 2.0).containsEntry("log.Delivery", 0.0);
    assertThat(between.registrations()).isEqualTo(7);
    assertThat(between.slow()).isEqualTo(2);
    assertThat(between.overload()).isEqualTo(3);
    assertThat(between.heapBytes()).isEqualTo(1_002_000);
    assertThat(between.commits().entriesEach()).isEqualTo(12.5);
    assertThat(Peak.counted(AFTER)).isEqualTo(new Peak(0, 1_002_000, 3));
    NodeUse both = NodeUse.sum(List.of(between, between));
    assertThat(both.overload()).as("the worst of them").isEqualTo(3);
    assertThat(both.slow()).isEqualTo(4);
    assertThat(both.commits()).isEqualTo(new Commits(8, 100));
    assertThat(NodeUse.sum(List.of(between, between)).sent()).containsEntry("log.Append", 4.0);
    assertThat(UseTable.types(between)).isEqualTo("log.Append 2");
  }
}
