package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("anywhere")
@ExtendWith(WholeSystem.class)
class GarbageTest {

  private static final byte[] GARBAGE = {(byte) 0xC3, 0x28, 0, '{', (byte) 0xFF, '\n', 7};

  @Test
  void garbageInEveryPartitionBecomesADeadLetterOnceAndThePartitionsGoOn(Scene scene) {
    var topics = new Topics(scene.system().bootstrapServers());
    var dead = deadLetters(topics);
    scene.books().expectDeadLetters(partitions(topics, Topics.CONSUMED));

    Topics.CONSUMED.forEach(topic -> topics.spoil(topic, GARBAGE));
    Topics.EVENTS.forEach(topic -> topics.spoil(topic, GARBAGE));

    goOn(scene);
    for (var topic : Topics.CONSUMED) {
      Eventually.holds(
          Eventually.SOON,
          scene.books()::report,
          () ->
              assertThat(topics.since(topic + ".dlt", dead.getOrDefault(topic, Map.of())))
                  .as("dead letters of %s", topic)
                  .hasSize(topics.partitionsOf(topic)));
    }
  }

  @Test
  void aCommandThatCannotBeReadOrIsNoneBecomesADeadLetterOnce(Scene scene) {
    var topics = new Topics(scene.system().bootstrapServers());
    var bad =
        List.of(
            CloudEvent.command("payment.commands", "payment.authorize.v1", "{\"orderId\":"),
            CloudEvent.command("payment.commands", "payment.authorize.v1", "{}"),
            CloudEvent.command("payment.commands", "payment.conjure.v1", "{}"),
            CloudEvent.command("inventory.commands", "inventory.reserve-stock.v1", "[]"),
            CloudEvent.command("inventory.commands", "inventory.conjure.v1", "{}"),
            CloudEvent.event("inventory.products", "inventory.product.v1", "{\"sku\":1}"));
    scene.books().expectDeadLetters(bad.size());

    topics.send(bad);

    goOn(scene);
  }

  @Test
  void aReplyToASagaNobodyKnowsChangesNothing(Scene scene) {
    var topics = new Topics(scene.system().bootstrapServers());

    topics.send(
        List.of(CloudEvent.command("order.replies", "saga.reply.v1", "{\"verdict\":\"DONE\"}")));

    goOn(scene);
  }

  /** Enough orders that every partition is used again. */
  private static void goOn(Scene scene) {
    var tea = scene.product("1.00 EUR", 1_000);
    var alice = scene.customer("1000.00 EUR");
    alice.orders(tea.times(1)).becomes("CONFIRMED");
    var answers =
        Parallel.each(
            99,
            i ->
                scene
                    .api(i)
                    .placeOrder(alice.order(tea.times(1)), Api.newKey(), "Prefer", "wait=30"));
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.json().path("status").asString())
                    .as(answer.toString())
                    .isEqualTo("CONFIRMED"));
    tea.hasSold(100);
  }

  private static Map<String, Map<TopicPartition, Long>> deadLetters(Topics topics) {
    return Topics.CONSUMED.stream()
        .collect(Collectors.toMap(Function.identity(), topic -> topics.ends(topic + ".dlt")));
  }

  private static int partitions(Topics topics, List<String> names) {
    return names.stream().mapToInt(topics::partitionsOf).sum();
  }
}
