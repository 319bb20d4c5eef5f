package dev.allsquare.outbox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Shows what the log does not have yet, who carries it there, and what will never get there. */
@Endpoint(id = "outbox")
final class OutboxEndpoint {

  /** How many parked keys are shown at most. */
  private static final int SHOWN = 100;

  /**
   * The whole outbox at a glance.
   *
   * @param oldestAgeSeconds how long the first row has waited; 0 when nothing waits
   * @param leases the shards each relay owns
   */
  record Overview(
      long depth,
      double oldestAgeSeconds,
      List<Shard> shards,
      Map<String, List<Integer>> leases,
      List<Parked> parked) {}

  record Shard(int shard, long depth, @Nullable String owner, @Nullable Instant until) {}

  record Parked(String topic, String key, String reason, Instant since, long messages) {}

  /**
   * A parked key.
   *
   * @param waiting its messages, the oldest first
   */
  record ParkedKey(@JsonUnwrapped Parked key, List<Waiting> waiting) {}

  record Waiting(
      UUID id,
      String type,
      @Nullable String subject,
      Instant time,
      @Nullable UUID sagaId,
      @Nullable String step,
      String payload) {}

  private final OutboxInspection inspection;

  OutboxEndpoint(OutboxInspection inspection) {
    this.inspection = inspection;
  }

  @ReadOperation
  Overview overview() {
    var shards = inspection.shards();
    var leases = new TreeMap<String, List<Integer>>();
    for (Shard shard : shards) {
      if (shard.owner() != null) {
        leases.computeIfAbsent(shard.owner(), _ -> new ArrayList<>()).add(shard.shard());
      }
    }
    return new Overview(
        shards.stream().mapToLong(Shard::depth).sum(),
        inspection.oldestAgeSeconds(),
        shards,
        leases,
        inspection.parked(SHOWN));
  }

  /** One parked key with the messages that wait for it to be released. */
  @ReadOperation
  @Nullable ParkedKey show(@Selector String topic, @Selector String key) {
    return inspection.parked(new Row.Key(topic, key), SHOWN).orElse(null);
  }
}
