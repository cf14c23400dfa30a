package io.parley.abuse;

import io.parley.rooms.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of who may do what in a room, as {@code ARCHITECTURE.md} has it. */
final class RoomRights {
  private static final String HEAD = "| what | command | owner | admin |";
  private static final String OK = "OK";
  private static final String GIVE = "give the role";
  private static final String CHANGE = "change the role of";

  private RoomRights() {}

  /**
   * One line: what it is, by which command, and what each role may.
   *
   * @param cells {@code yes}, {@code no}, a reason, or the roles that it may be done to
   */
  record Row(String what, String command, Map<Role, String> cells) {
    String cell(Role role) {
      return Optional.ofNullable(cells.get(role)).orElseThrow();
    }

    boolean onPeople() {
      return cells.values().stream().anyMatch(cell -> !roles(cell).isEmpty());
    }
  }

  /** Something that a member tries, perhaps with another of some role, and how it must end. */
  record Trial(
      String what,
      String command,
      Role actor,
      Optional<Role> subject,
      Optional<Role> to,
      String expected) {}

  static List<Row> rows() {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("ARCHITECTURE.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int head = 0;
    while (!lines.get(head).startsWith(HEAD)) {
      head++;
    }
    List<Role> roles = words(lines.get(head)).stream().skip(2).map(Role::of).toList();
    return lines.stream()
        .skip(head + 2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> row(words(line), roles))
        .toList();
  }

  private static Row row(List<String> words, List<Role> roles) {
    Map<Role, String> cells = new EnumMap<>(Role.class);
    for (int i = 0; i < roles.size(); i++) {
      cells.put(roles.get(i), words.get(i + 2));
    }
    return new Row(words.get(0), words.get(1), cells);
  }

  private static List<String> words(String line) {
    String inside = line.substring(1, line.length() - 1);
    return Arrays.stream(inside.split("\\|", -1))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }

  /** All that somebody of a role is to try; a role is changed by two lines together. */
  static List<Trial> trials(List<Row> rows, Role actor) {
    List<Trial> trials = new ArrayList<>();
    for (Row row : rows) {
      if (row.what().equals(GIVE)) {
        continue;
      }
      if (row.what().equals(CHANGE)) {
        trials.addAll(changes(row, line(rows, GIVE), actor));
      } else if (row.onPeople()) {
        for (Role subject : Role.values()) {
          boolean may = roles(row.cell(actor)).contains(subject);
          trials.add(trial(row, actor, Optional.of(subject), Optional.empty(), ended(may)));
        }
      } else {
        String expected = expected(row.cell(actor));
        trials.add(trial(row, actor, Optional.empty(), Optional.empty(), expected));
      }
    }
    return trials;
  }

  private static List<Trial> changes(Row change, Row give, Role actor) {
    List<Trial> trials = new ArrayList<>();
    for (Role subject : Role.values()) {
      for (Role to : Role.values()) {
        boolean may =
            roles(change.cell(actor)).contains(subject) && roles(give.cell(actor)).contains(to);
        if (subject != to) {
          trials.add(trial(change, actor, Optional.of(subject), Optional.of(to), ended(may)));
        }
      }
    }
    return trials;
  }

  private static Trial trial(
      Row row, Role actor, Optional<Role> subject, Optional<Role> to, String expected) {
    return new Trial(row.what(), row.command(), actor, subject, to, expected);
  }

  private static Row line(List<Row> rows, String what) {
    return rows.stream().filter(row -> row.what().equals(what)).findFirst().orElseThrow();
  }

  private static String ended(boolean may) {
    return may ? OK : "FORBIDDEN";
  }

  private static String expected(String cell) {
    return switch (cell) {
      case "yes" -> OK;
      case "no" -> "FORBIDDEN";
      default -> cell;
    };
  }

  private static List<Role> roles(String cell) {
    return switch (cell) {
      case "all" -> List.of(Role.values());
      case "yes", "no", "READ_ONLY" -> List.of();
      default -> Arrays.stream(cell.split(" ", -1)).map(word -> Role.parse("role", word)).toList();
    };
  }
}
