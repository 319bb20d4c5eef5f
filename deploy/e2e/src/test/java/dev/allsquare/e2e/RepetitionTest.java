package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeSystem.class)
class RepetitionTest {

  private static final List<String> TOPICS =
      Stream.of(Topics.CONSUMED, Topics.EVENTS).flatMap(List::stream).toList();

  @Test
  void everythingOnTheLogOnceMoreForwardsAndBackwardsChangesNothing(Scene scene) {
    var topics = new Topics(scene.system().bootstrapServers());
    var begin = TOPICS.stream().collect(Collectors.toMap(Function.identity(), topics::ends));
    var tea = scene.product("12.50 EUR", 10);
    var alice = scene.customer("1000.00 EUR");
    var confirmed = alice.orders(tea.times(2)).becomes("CONFIRMED");
    var rejected = alice.orders(tea.times(9)).becomes("REJECTED", "OUT_OF_STOCK");
    var cancelled = alice.orders(tea.times(1)).becomes("CONFIRMED");
    cancelled.cancel();
    cancelled.becomes("CANCELLED", "CANCELLED_BY_CUSTOMER");
    scene.books().balance();

    for (var topic : TOPICS) {
      var told = new ArrayList<>(since(topics, topic, begin));
      topics.repeat(told);
      Collections.reverse(told);
      topics.repeat(told);
    }

    alice.orders(tea.times(1)).becomes("CONFIRMED");
    scene.books().balance();
    confirmed.paymentIs("CAPTURED").reservationIs("COMMITTED").becomes("CONFIRMED");
    cancelled.paymentIs("REFUNDED").reservationIs("RESTOCKED");
    assertThat(rejected.status()).isEqualTo("REJECTED");
    alice.has("962.50 EUR");
    tea.hasSold(3);
  }

  private static List<ConsumerRecord<byte[], byte[]>> since(
      Topics topics, String topic, Map<String, Map<TopicPartition, Long>> begin) {
    return topics.since(topic, begin.getOrDefault(topic, Map.of()));
  }
}
