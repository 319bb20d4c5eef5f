package dev.allsquare.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

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

  private final OutboxInspection inspection;
  private final ParkedKeys parkedKeys;
  private final Mailbox mailbox;

  OutboxEndpoint(OutboxInspection inspection, ParkedKeys parkedKeys, Mailbox mailbox) {
    this.inspection = inspection;
    this.parkedKeys = parkedKeys;
    this.mailbox = mailbox;
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

  /** Gives a parked key back to the relay; its oldest message is sent again first. */
  @WriteOperation
  WebEndpointResponse<Void> release(String topic, String key) {
    boolean wasParked = parkedKeys.release(new Row.Key(topic, key));
    mailbox.wake();
    return new WebEndpointResponse<>(
        wasParked ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
  }
}
