package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.e2e.ManyOrdersTest.Sale;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.json.JsonMapper;

/** What the topics were told since the log was opened. */
final class EventLog {

  private static final JsonMapper JSON = new JsonMapper();

  private final Topics topics;
  private final Map<String, Map<TopicPartition, Long>> opened;

  EventLog(Scene scene) {
    this.topics = new Topics(scene.system().bootstrapServers());
    this.opened = Topics.EVENTS.stream().collect(Collectors.toMap(each -> each, topics::ends));
  }

  /**
   * Each order has its events, and no other has any; whatever a relay repeated, the first
   * occurrences of each key's versions ascend.
   */
  void tellsExactly(List<Sale> sales) {
    var orders = firstOccurrences("order.events");
    assertThat(orders.keySet())
        .isEqualTo(sales.stream().map(Sale::orderId).collect(Collectors.toSet()));
    for (var sale : sales) {
      assertThat(orders.get(sale.orderId()))
          .as("order %s", sale.orderId())
          .extracting(Event::status)
          .containsExactly("PENDING", sale.status());
    }
    Topics.EVENTS.forEach(this::ascends);
  }

  private void ascends(String topic) {
    firstOccurrences(topic)
        .forEach(
            (key, events) ->
                assertThat(events)
                    .as("%s of %s", topic, key)
                    .extracting(Event::version)
                    .isSorted()
                    .doesNotHaveDuplicates());
  }

  /** By key, without what a relay sent again. */
  private Map<String, List<Event>> firstOccurrences(String topic) {
    var seen = new HashSet<String>();
    var byKey = new LinkedHashMap<String, List<Event>>();
    for (var each : topics.since(topic, opened.getOrDefault(topic, Map.of()))) {
      if (seen.add(Topics.header(each, "ce_id"))) {
        byKey.computeIfAbsent(Topics.text(each.key()), key -> new ArrayList<>()).add(event(each));
      }
    }
    return byKey;
  }

  private static Event event(ConsumerRecord<byte[], byte[]> message) {
    var payload = JSON.readTree(message.value());
    return new Event(payload.path("version").asLong(), payload.path("status").asString(""));
  }

  private record Event(long version, String status) {}
}
