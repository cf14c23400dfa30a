package io.parley.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What nodes used, in lines of text. */
final class UseTable {
  private static final String HEADING = "%-22s%9s%10s%9s%12s%14s%10s%15s";
  private static final String ROW = "%-22s%9.2f%10.2f%9d%12.0f%14.0f%10.0f%15.0f";

  private UseTable() {}

  /** A line for each node; one for all if there are several, and a hint if there is none. */
  static List<String> of(Stock stock) {
    List<String> lines = new ArrayList<>();
    if (stock.nodes().isEmpty()) {
      lines.add("server CPU unknown: name its process with --pid, its admin port with --admin");
      return lines;
    }
    lines.add(
        format(
            HEADING,
            "node",
            "CPU s",
            "stores s",
            "MiB",
            "deliveries",
            "bus messages",
            "bus kB",
            "registrations"));
    stock.nodes().forEach(node -> lines.add(row(node)));
    if (stock.nodes().size() > 1) {
      lines.add(row(stock.sum()));
    }
    return lines;
  }

  /** Messages between nodes by type, the most frequent first. */
  static String types(NodeUse use) {
    return use.sent().entrySet().stream()
        .filter(type -> type.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(type -> format("%s %.0f", type.getKey(), type.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String row(NodeUse use) {
    return format(
        ROW,
        use.node(),
        use.cpuSeconds(),
        use.storeSeconds(),
        use.residentBytes() >> 20,
        use.deliveries(),
        use.busMessages(),
        use.busBytes() / 1e3,
        use.registrations());
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
