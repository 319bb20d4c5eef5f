package dev.allsquare.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What the others get to see of a service: everything that arrives on the topics it reads. */
public final class Mailroom {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Queue<Message> arrived = new ConcurrentLinkedQueue<>();

  private record Reader(String topic, Queue<Message> arrived) implements MessageHandler {
    @Override
    public void handle(List<Message> batch) {
      arrived.addAll(batch);
    }
  }

  /** Reads this topic, once it is a bean. */
  public MessageHandler reads(String topic) {
    return new Reader(topic, arrived);
  }

  /** Waits until so many messages of this kind have arrived and returns them. */
  public List<Message> await(int count, Predicate<Message> kind) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(now(kind)).hasSizeGreaterThanOrEqualTo(count));
    return now(kind);
  }

  private List<Message> now(Predicate<Message> kind) {
    return arrived.stream().filter(kind).toList();
  }
}
