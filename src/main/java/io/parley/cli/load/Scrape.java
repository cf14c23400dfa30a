package io.parley.cli.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of metrics, in the text format of Prometheus. */
final class Scrape {
  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:]+)(?:\\{(.*)})? (\\S+)");

  private final String page;

  Scrape(String page) {
    this.page = page;
  }

  /** The sum over all tags; zero for what is not there. */
  double total(String name) {
    return lines(name).mapToDouble(Scrape::value).sum();
  }

  /** The sums for each value of a tag. */
  Map<String, Double> by(String tag, String name) {
    Pattern value = Pattern.compile("(?:^|,)" + tag + "=\"([^\"]*)\"");
    Map<String, Double> sums = new TreeMap<>();
    lines(name)
        .forEach(
            line -> {
              Matcher tagged = value.matcher(line.group(2) == null ? "" : line.group(2));
              if (tagged.find()) {
                sums.merge(tagged.group(1), value(line), Double::sum);
              }
            });
    return sums;
  }

  private Stream<Matcher> lines(String name) {
    return page.lines()
        .filter(line -> line.startsWith(name)) // most lines are of something else
        .map(LINE::matcher)
        .filter(line -> line.matches() && line.group(1).equals(name));
  }

  private static double value(Matcher line) {
    return Double.parseDouble(line.group(3));
  }
}
