package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
  void aMessageThatIsNoneInsideBecomesADeadLetterOnce(Scene scene) {
    var topics = new Topics(scene.system().bootstrapServers());
    scene.books().expectDeadLetters(partitions(topics, List.of("payment.commands")));

    topics.spoil("payment.commands", "{\"orderId\":".getBytes(StandardCharsets.UTF_8));

    goOn(scene);
  }

  /** Enough orders that every partition is used again. */
  private static void goOn(Scene scene) {
    var tea = scene.product("1.00 EUR", 1_000);
    var alice = scene.customer("1000.00 EUR");
    var answers =
        Parallel.each(
            100,
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
