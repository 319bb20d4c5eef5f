package dev.allsquare.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the next select must go past: keys that wait, one by one, and a topic as a whole where too
 * many of its keys do. So a topic that nobody can reach fills no memory, and holds up no other.
 */
record Detour(List<String> topics, List<String> keys) {

  static Detour around(Stream<Row.Key> waiting, int keysOfOneTopic) {
    var topics = new ArrayList<String>();
    var keys = new ArrayList<String>();
    waiting
        .collect(Collectors.groupingBy(Row.Key::topic))
        .forEach(
            (topic, its) -> {
              if (its.size() >= keysOfOneTopic) {
                topics.add(topic);
              } else {
                its.forEach(key -> keys.add(key.text()));
              }
            });
    return new Detour(topics, keys);
  }

  /** Such a select may find what it looks for only behind a backlog, or nowhere. */
  boolean isLong() {
    return !topics.isEmpty();
  }
}
