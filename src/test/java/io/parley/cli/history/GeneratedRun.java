package io.parley.cli.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A run against a server that keeps all its promises, made up from a seed: posts that are
 * acknowledged, repeated and refused, readers that are cut off and resume, people who are removed
 * and come back, pages of history. What it has become may be changed.
 */
final class GeneratedRun {
  private static final int CLIENTS = 4;
  private static final int STEPS = 900;
  static final String OWNER = "user-0";

  final Map<String, List<Event>> histories = new LinkedHashMap<>();
  final Map<String, List<Entry>> logs = new LinkedHashMap<>();

  private final Random random;
  private final List<Ear> ears = new ArrayList<>();
  private final List<Op> pending = new ArrayList<>();
  private final Map<String, Integer> connections = new LinkedHashMap<>();
  private long now = 1_000_000;
  private int number;

  /** One client's view of one room. */
  private static final class Ear {
    final String user;
    final String room;
    boolean member;
    boolean listening;
    boolean began;
    int subscription;
    long last;

    Ear(String user, String room) {
      this.user = user;
      this.room = room;
    }
  }

  /** A post under way. */
  private static final class Op {
    final Ear ear;
    final String cid;
    final boolean invalid;
    int attempt;
    long seq;

    Op(Ear ear, String cid, boolean invalid) {
      this.ear = ear;
      this.cid = cid;
      this.invalid = invalid;
    }
  }

  GeneratedRun(long seed) {
    random = new Random(seed);
    for (int i = 0; i < CLIENTS; i++) {
      histories.put(
          "user-" + i,
          new ArrayList<>(List.of(new Event.Began(tick(), "client-" + i, "user-" + i))));
      connections.put("user-" + i, 1);
    }
    for (String room : List.of("blue", "red")) {
      logs.put(room, new ArrayList<>());
      append(room, "create", "create-" + room, OWNER, "", "");
      for (String user : histories.keySet()) {
        Ear ear = new Ear(user, room);
        ear.member = user.equals(OWNER);
        ears.add(ear);
        join(ear);
        listen(ear);
      }
    }
    for (int i = 0; i < STEPS; i++) {
      step(ears.get(random.nextInt(ears.size())));
    }
    finish();
  }

  List<History> histories() {
    return histories.values().stream().map(History::new).toList();
  }

  List<RoomLog> logs() {
    return logs.entrySet().stream().map(log -> new RoomLog(log.getKey(), log.getValue())).toList();
  }

  private void step(Ear ear) {
    int dice = random.nextInt(100);
    if (dice < 25) {
      begin(ear);
    } else if (dice < 60) {
      progress();
    } else if (dice < 85) {
      receive(ear);
    } else if (dice < 90) {
      ear.listening = false;
    } else if (dice < 95) {
      join(ear);
      listen(ear);
    } else if (dice < 97 && ear.member && !ear.user.equals(OWNER)) {
      kick(ear);
    } else if (ear.member) {
      show(ear);
    }
  }

  private void finish() {
    while (!pending.isEmpty()) {
      progress();
    }
    for (Ear ear : ears) {
      join(ear);
    }
    for (Ear ear : ears) {
      listen(ear);
      while (ear.last < head(ear.room)) {
        receive(ear);
        listen(ear);
      }
    }
  }

  private void begin(Ear ear) {
    Op op = new Op(ear, "cid-" + number++, random.nextInt(10) == 0);
    pending.add(op);
    send(op);
  }

  private void send(Op op) {
    op.attempt++;
    int connection = connections.get(op.ear.user);
    tell(
        op.ear,
        new Event.Send(tick(), op.ear.room, op.cid, digest(op.cid), connection, op.attempt));
  }

  /** The oldest post of somebody in a room gets on: stored, answered, lost on the way, refused. */
  private void progress() {
    if (pending.isEmpty()) {
      return;
    }
    Op any = pending.get(random.nextInt(pending.size()));
    Op op = pending.stream().filter(each -> each.ear == any.ear).findFirst().orElseThrow();
    if (op.seq == 0 && (op.invalid || !op.ear.member)) {
      tell(op.ear, new Event.Refused(tick(), op.ear.room, op.cid, "NOT_MEMBER"));
      pending.remove(op);
    } else if (op.seq == 0) {
      Entry stored = append(op.ear.room, "message", op.cid, op.ear.user, "", digest(op.cid));
      op.seq = stored.seq();
    } else if (random.nextInt(5) == 0) {
      tell(op.ear, new Event.Unknown(tick(), op.ear.room, op.cid, "the connection broke"));
      connections.merge(op.ear.user, 1, Integer::sum);
      send(op);
    } else {
      long n = logs.get(op.ear.room).get((int) op.seq - 1).n();
      tell(op.ear, new Event.Acked(tick(), op.ear.room, op.cid, op.seq, n, op.attempt > 1));
      pending.remove(op);
    }
  }

  private void listen(Ear ear) {
    if (ear.listening || !ear.member) {
      return;
    }
    ear.subscription++;
    long after = ear.began ? ear.last : Event.NOW;
    tell(ear, new Event.Resume(tick(), ear.room, ear.subscription, after));
    long head = head(ear.room);
    while (ear.began && ear.last < head) {
      take(ear);
    }
    tell(ear, new Event.Ready(tick(), ear.room, ear.subscription, head, false));
    ear.last = head;
    ear.began = true;
    ear.listening = true;
  }

  private void receive(Ear ear) {
    if (ear.listening && ear.last < head(ear.room)) {
      Entry entry = take(ear);
      ear.listening = !(entry.kind().equals("kick") && entry.subject().equals(ear.user));
    }
  }

  private Entry take(Ear ear) {
    Entry entry = logs.get(ear.room).get((int) ear.last);
    tell(ear, new Event.Received(tick(), ear.room, ear.subscription, entry));
    ear.last = entry.seq();
    return entry;
  }

  private void join(Ear ear) {
    if (!ear.member) {
      append(ear.room, "join", "join-" + number++, ear.user, ear.user, "");
      ear.member = true;
    }
  }

  private void kick(Ear ear) {
    append(ear.room, "kick", "kick-" + number++, OWNER, ear.user, "");
    ear.member = false;
  }

  private void show(Ear ear) {
    long asked = tick();
    List<Entry> log = logs.get(ear.room);
    int from = random.nextInt(log.size());
    List<Entry> page = log.subList(from, Math.min(log.size(), from + 10));
    tell(ear, new Event.Shown(tick(), asked, ear.room, log.size(), page));
  }

  private Entry append(
      String room, String kind, String cid, String author, String subject, String digest) {
    List<Entry> log = logs.get(room);
    long n = log.isEmpty() ? 0 : log.get(log.size() - 1).n();
    n += kind.equals(Entry.MESSAGE) ? 1 : 0;
    Entry entry = new Entry(log.size() + 1, n, tick() / 1000, kind, cid, author, subject, digest);
    log.add(entry);
    return entry;
  }

  private long head(String room) {
    return logs.get(room).size();
  }

  private void tell(Ear ear, Event event) {
    histories.get(ear.user).add(event);
  }

  private long tick() {
    now += 100 + random.nextInt(3000);
    return now;
  }

  static String digest(String cid) {
    return Entry.digest("text of " + cid);
  }

  /** Users other than the owner, who is never removed. */
  Set<String> guests() {
    Set<String> guests = new LinkedHashSet<>(histories.keySet());
    guests.remove(OWNER);
    return guests;
  }
}
