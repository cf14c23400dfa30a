package io.parley.log;

import io.parley.log.LogApi.Place;
import io.parley.log.LogStore.Strand;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts the messages of threads from some places to their ends. However many places of a thread
 * are asked for at once, no message of it is counted twice: only the pieces between the places are,
 * and what lies on the shorter side of them.
 */
final class Depths {
  private Depths() {}

  /** A thread and a place, from which on it is counted. */
  private record From(Place thread, long first) {}

  /**
   * The places of one thread in the order in which what lies before each is added up.
   *
   * @param forward whether that begins with the first message
   */
  private record Run(Place thread, boolean forward, List<Long> firsts, List<Strand> pieces) {}

  /**
   * How many messages each of these strands has, in the order asked.
   *
   * @param strands those of one thread end at the same place, its newest as far as it is known
   * @param all how many the thread of each has up to there
   */
  static Future<List<Long>> count(LogStore store, List<Strand> strands, ToLongFunction<Place> all) {
    List<Run> runs =
        strands.stream().collect(Collectors.groupingBy(Depths::thread)).values().stream()
            .map(Depths::run)
            .toList();
    List<Strand> pieces =
        runs.stream()
            .flatMap(run -> run.pieces().stream())
            .filter(piece -> piece.first() <= piece.last())
            .toList();
    Future<List<Long>> counted =
        pieces.isEmpty() ? Future.succeededFuture(List.of()) : store.lengths(pieces);
    return counted
        .map(lengths -> sums(runs, byPiece(pieces, lengths), all))
        .map(found -> strands.stream().map(each -> found.get(from(each))).toList());
  }

  private static Run run(List<Strand> strands) {
    Strand any = strands.get(0);
    TreeSet<Long> firsts =
        strands.stream().map(Depths::first).collect(Collectors.toCollection(TreeSet::new));
    boolean forward = firsts.first() - any.root() <= any.last() - firsts.last();
    List<Long> order = List.copyOf(forward ? firsts : firsts.descendingSet());
    List<Strand> pieces = new ArrayList<>();
    long edge = forward ? any.root() + 1 : any.last();
    for (long first : order) {
      pieces.add(forward ? piece(any, edge, first - 1) : piece(any, first, edge));
      edge = forward ? first : first - 1;
    }
    return new Run(thread(any), forward, order, pieces);
  }

  private static Map<Strand, Long> byPiece(List<Strand> pieces, List<Long> lengths) {
    return IntStream.range(0, pieces.size())
        .boxed()
        .collect(Collectors.toMap(pieces::get, lengths::get));
  }

  private static Map<From, Long> sums(
      List<Run> runs, Map<Strand, Long> lengths, ToLongFunction<Place> all) {
    Map<From, Long> sums = new HashMap<>();
    for (Run run : runs) {
      long sum = 0;
      for (int i = 0; i < run.firsts().size(); i++) {
        sum += lengths.getOrDefault(run.pieces().get(i), 0L);
        long behind = run.forward() ? all.applyAsLong(run.thread()) - sum : sum;
        sums.put(new From(run.thread(), run.firsts().get(i)), Math.max(0, behind));
      }
    }
    return sums;
  }

  private static Strand piece(Strand any, long first, long last) {
    return new Strand(any.log(), any.root(), any.reader(), first, last);
  }

  private static From from(Strand strand) {
    return new From(thread(strand), first(strand));
  }

  private static Place thread(Strand strand) {
    return new Place(strand.log(), strand.root());
  }

  /** Nothing of a thread stands before its first message, nor after its newest. */
  private static long first(Strand strand) {
    return Math.max(strand.root() + 1, Math.min(strand.first(), strand.last() + 1));
  }
}
