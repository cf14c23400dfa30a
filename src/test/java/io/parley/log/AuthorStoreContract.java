package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.UserId;
import io.parley.fixtures.Await;
import io.parley.log.AuthorsApi.Rename;
import io.parley.log.AuthorsApi.RenameMember;
import io.parley.log.AuthorsApi.Said;
import io.parley.log.AuthorsApi.SaidFound;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store must do with what somebody has left in logs. */
public abstract class AuthorStoreContract {
  private static final long PLENTY = 1 << 20;

  private final LogId room = Entries.room();
  private final UserId ann = Entries.user();
  private final UserId bob = Entries.user();

  /** The store under test; its content may be shared between tests. */
  protected abstract AuthorStore store();

  /** The logs it is about. */
  protected abstract LogStore logs();

  private static <T> T of(Future<T> future) {
    return Await.of(future);
  }

  private Authors authors() {
    return new Authors(store(), new EntryJson(7));
  }

  private List<Entry> stored(LogId log) {
    return of(logs().read(log, 0, Long.MAX_VALUE, 1_000, PLENTY));
  }

  private static Entry member(LogId log, long seq, long version, UserId by, UserId who) {
    Entry plain =
        Entries.entry(
            log,
            seq,
            by,
            UUID.randomUUID().toString(),
            "{\"user\":{\"id\":\"" + who + "\",\"name\":\"Ann\"},\"more\":1}");
    return new Entry(
        log,
        seq,
        plain.n(),
        plain.at(),
        plain.id(),
        "join",
        by,
        plain.name(),
        plain.cid(),
        Optional.empty(),
        false,
        Optional.of(version),
        Optional.empty(),
        plain.body(),
        plain.digest());
  }

  @Test
  void anAuthorGetsAnotherNamePageByPageAndNothingElseChanges() {
    List<Entry> before = new ArrayList<>(Entries.run(room, 1, 5, ann));
    before.addAll(Entries.run(room, 6, 2, bob));
    LogId other = Entries.room();
    of(logs().append(before));
    of(logs().append(Entries.run(other, 1, 1, ann)));

    int pages = 0;
    Optional<String> after = of(store().rename(room, ann, "Gone", "", 2));
    while (after.isPresent()) {
      pages++;
      after = of(store().rename(room, ann, "Gone", after.get(), 2));
    }

    assertThat(pages).isEqualTo(3);
    List<Entry> now = stored(room);
    assertThat(now.subList(0, 5)).extracting(Entry::name).containsOnly("Gone");
    assertThat(now.subList(5, 7)).extracting(Entry::name).containsOnly("Ann");
    assertThat(now).extracting(Entry::body).isEqualTo(before.stream().map(Entry::body).toList());
    assertThat(now)
        .extracting(Entry::digest)
        .isEqualTo(before.stream().map(Entry::digest).toList());
    assertThat(stored(other)).extracting(Entry::name).containsOnly("Ann");
    assertThat(of(authors().rename(new Rename(room, ann, "Gone", ""))).next()).isPresent();
  }

  @Test
  void changesOfMembershipTellOfSomebodyUnderAnotherNameWhoeverMadeThem() {
    of(
        logs()
            .append(
                List.of(
                    member(room, 1, 1, ann, ann),
                    Entries.entry(room, 2, bob, "c2", "{\"text\":\"" + ann + "\"}"),
                    member(room, 3, 2, bob, ann),
                    member(room, 4, 3, ann, bob))));

    assertThat(of(store().changes(room, 1, 10))).extracting(Entry::seq).containsExactly(3L, 4L);
    assertThat(of(store().changes(room, 0, 1))).extracting(Entry::seq).containsExactly(1L);
    RenameMember page = new RenameMember(room, ann, "Gone \"now\"", 0);
    assertThat(of(authors().renameMember(page)).next()).isEmpty();
    of(authors().renameMember(page));

    List<Entry> now = stored(room);
    String renamed = "{\"user\":{\"id\":\"" + ann + "\",\"name\":\"Gone \\\"now\\\"\"},\"more\":1}";
    assertThat(now.get(0).body()).isEqualTo(renamed);
    assertThat(now.get(1).body()).as("what was said").contains("text");
    assertThat(now.get(2).body()).isEqualTo(renamed);
    assertThat(now.get(3).body()).as("somebody else").contains("\"name\":\"Ann\"");
  }

  @Test
  void whatSomebodyHasSaidIsReadPageByPageAsItIsShown() {
    List<Entry> entries = new ArrayList<>();
    for (long seq = 1; seq <= 9; seq++) {
      entries.add(Entries.entry(room, seq, seq % 3 == 0 ? bob : ann, "c" + seq));
    }
    of(logs().append(entries));
    Entry edit = Entries.at(room, 10, Entries.edit(ann, "e10", 2, "better"));
    MessageState state = MessageState.FRESH.after(edit);
    of(logs().append(List.of(edit), List.of(new Revised(room, 2, state))));
    Entry reply = Entries.at(room, 11, Entries.inThread(ann, "r11", 2));
    of(logs().append(List.of(reply), List.of(new Revised(room, 2, state.after(reply)))));

    SaidFound first = of(authors().said(new Said(room, ann, 0, 4)));
    SaidFound rest = of(authors().said(new Said(room, ann, first.next().orElseThrow(), 4)));

    assertThat(first.entries()).extracting(LogApi.Encoded::seq).containsExactly(1L, 2L, 4L, 5L);
    assertThat(rest.entries()).extracting(LogApi.Encoded::seq).containsExactly(7L, 8L, 11L);
    assertThat(rest.next()).isEmpty();
    byte[] shown = first.entries().get(1).json().array();
    assertThat(new String(shown, StandardCharsets.UTF_8))
        .contains("better")
        .doesNotContain("\"c2\"}");
  }
}
