package dev.allsquare.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far each service has read; its group is called as the service is. */
record Groups(String bootstrapServers) {

  private static final int TIMEOUT_MILLIS = 2_000;

  Map<TopicPartition, Long> read(Service service) {
    try (var admin = admin()) {
      return read(admin, service);
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody knows what " + service + " has read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Map<TopicPartition, Long> read(Admin admin, Service service)
      throws InterruptedException, ExecutionException {
    var read = new HashMap<TopicPartition, Long>();
    admin
        .listConsumerGroupOffsets(service.toString())
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> read.put(partition, offset.offset()));
    return read;
  }

  /** Throws everybody out and lets the service begin again; returns how much it will read again. */
  long rewind(Service service) throws InterruptedException, ExecutionException {
    try (var admin = admin()) {
      throwOut(admin, service.toString());
      var before = read(admin, service);
      var beginning = new HashMap<TopicPartition, OffsetAndMetadata>();
      before.keySet().forEach(each -> beginning.put(each, new OffsetAndMetadata(0)));
      admin.alterConsumerGroupOffsets(service.toString(), beginning).all().get();
      return before.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static void throwOut(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    var described = admin.describeConsumerGroups(List.of(group)).describedGroups().get(group);
    if (described != null && !described.get().members().isEmpty()) {
      admin
          .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "default.api.timeout.ms", TIMEOUT_MILLIS,
            "request.timeout.ms", TIMEOUT_MILLIS));
  }
}
