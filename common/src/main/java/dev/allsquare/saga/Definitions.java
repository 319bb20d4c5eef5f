package dev.allsquare.saga;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sagas this code knows, several versions of one among them. */
final class Definitions {

  private final Map<String, SortedMap<Integer, Saga<?>>> sagas = new HashMap<>();
  private final String replyTopic;
  private volatile Map<String, Integer> agreed = Map.of();

  Definitions(Collection<? extends Saga<?>> sagas) {
    sagas.forEach(this::add);
    var topics = sagas.stream().collect(Collectors.groupingBy(Saga::replyTopic));
    if (topics.size() != 1) {
      throw new IllegalArgumentException(
          "The sagas of one service await their replies on one topic, not on " + topics);
    }
    replyTopic = topics.keySet().iterator().next();
  }

  private void add(Saga<?> saga) {
    var other =
        sagas.computeIfAbsent(saga.name(), _ -> new TreeMap<>()).putIfAbsent(saga.version(), saga);
    if (other != null) {
      throw new IllegalArgumentException("Saga " + saga + " is defined twice.");
    }
  }

  String replyTopic() {
    return replyTopic;
  }

  /** By name and version. */
  List<Saga<?>> all() {
    return new TreeMap<>(sagas)
        .values().stream().<Saga<?>>flatMap(versions -> versions.values().stream()).toList();
  }

  boolean knows(String name) {
    return sagas.containsKey(name);
  }

  @Nullable Saga<?> find(String name, int version) {
    var versions = sagas.get(name);
    return versions == null ? null : versions.get(version);
  }

  /**
   * The definition that a new saga takes.
   *
   * @throws IllegalStateException when no saga has this name
   */
  Saga<?> forNew(String name) {
    var versions = sagas.get(name);
    if (versions == null) {
      throw new IllegalStateException(
          "There is no saga named " + name + ", only " + sagas.keySet());
    }
    var version = agreed.get(name);
    var saga = version == null ? null : versions.get(version);
    return saga == null ? versions.firstEntry().getValue() : saga;
  }

  /** What this code tells the other replicas. */
  Map<String, List<Integer>> advertised() {
    return sagas.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, versions -> List.copyOf(versions.getValue().keySet())));
  }

  /**
   * Takes the highest version of each saga that all of them know. Where there is none, the lowest
   * of our own: it is the likeliest to be known by those that are not of today.
   */
  void agree(Collection<Map<String, List<Integer>>> replicas) {
    var result = new HashMap<String, Integer>();
    sagas.forEach(
        (name, versions) ->
            versions.keySet().stream()
                .filter(version -> allKnow(replicas, name, version))
                .max(Integer::compare)
                .ifPresent(version -> result.put(name, version)));
    agreed = Map.copyOf(result);
  }

  private static boolean allKnow(
      Collection<Map<String, List<Integer>>> replicas, String name, int version) {
    return replicas.stream()
        .allMatch(replica -> replica.getOrDefault(name, List.of()).contains(version));
  }
}
