package io.parley.threads;

import io.parley.log.ThreadsApi.Strand;
import io.parley.log.ThreadsApi.Weight;
import io.parley.threads.FollowStore.Following;
import io.parley.threads.FollowStore.Marker;
import io.parley.threads.FollowsApi.Followed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How threads look to those who follow them: what is remembered, and what the log says. */
final class Views {
  private Views() {}

  static Strand strand(Following following) {
    ThreadId thread = following.thread();
    return new Strand(
        thread.room().log(), thread.root(), following.user(), following.marker().seq());
  }

  static List<Strand> strands(List<Following> followings) {
    return followings.stream().map(Views::strand).toList();
  }

  /** Those that stand, in the order given. */
  static Map<Following, Followed> of(List<Following> followings, List<Weight> weights) {
    Map<Following, Followed> views = new LinkedHashMap<>();
    for (int i = 0; i < followings.size(); i++) {
      if (weights.get(i).stands()) {
        views.put(followings.get(i), of(followings.get(i), weights.get(i)));
      }
    }
    return views;
  }

  /** A thread as it is counted: nothing of it is unread to who does not follow. */
  static Followed of(Following following, Weight weight) {
    Marker marker = following.marker();
    long unread = Math.max(0, weight.replies() - marker.n() - weight.own());
    return new Followed(
        following.thread().room(),
        following.thread().root(),
        following.following(),
        marker.seq(),
        marker.n(),
        weight.replies(),
        weight.last(),
        Instant.ofEpochMilli(weight.at()),
        following.following() ? unread : 0,
        following.following() ? weight.mentions() : 0);
  }
}
