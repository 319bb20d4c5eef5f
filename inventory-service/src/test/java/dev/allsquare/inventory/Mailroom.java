package dev.allsquare.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What the other services get to see of this one: everything that arrives on its topics. */
@TestConfiguration(proxyBeanMethods = false)
public class Mailroom {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Queue<Message> arrived = new ConcurrentLinkedQueue<>();

  private record Reader(String topic, Queue<Message> arrived) implements MessageHandler {
    @Override
    public void handle(List<Message> batch) {
      arrived.addAll(batch);
    }
  }

  @Bean
  MessageHandler repliesReader() {
    return new Reader(Orders.REPLIES, arrived);
  }

  @Bean
  MessageHandler eventsReader() {
    return new Reader(Inventory.EVENTS, arrived);
  }

  @Bean
  MessageHandler productsReader() {
    return new Reader(Inventory.PRODUCTS, arrived);
  }

  /** Waits until so many messages of this kind have arrived and returns them. */
  public List<Message> await(int count, Predicate<Message> kind) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(now(kind)).hasSizeGreaterThanOrEqualTo(count));
    return now(kind);
  }

  /** What has arrived of this kind. */
  public List<Message> now(Predicate<Message> kind) {
    return arrived.stream().filter(kind).toList();
  }
}
