package dev.allsquare.outbox;

import dev.allsquare.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A log that takes what it is told to take, remembers it in order, and notices a second
 * unacknowledged message of one key.
 */
final class FakeLog implements Sender {

  /** The log has the message, but its acknowledgement was lost. */
  static final class AcknowledgementLost extends RuntimeException {}

  private final List<Message> taken = new ArrayList<>();
  private final Map<String, Message> unacknowledged = new ConcurrentHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private volatile Function<Message, CompletableFuture<?>> answer;

  FakeLog() {
    this(_ -> CompletableFuture.completedFuture(null));
  }

  /** Answers each message as the function says. */
  FakeLog(Function<Message, CompletableFuture<?>> answer) {
    this.answer = answer;
  }

  void answer(Function<Message, CompletableFuture<?>> now) {
    answer = now;
  }

  @Override
  public CompletableFuture<?> send(Message message) {
    Message other = unacknowledged.put(message.key(), message);
    if (other != null) {
      note(other.key() + " had " + other.payload() + " on its way with " + message.payload());
    }
    return answer.apply(message).whenComplete((_, failure) -> answered(message, failure));
  }

  /** What the log has of each key, in its order, repetitions left out. */
  synchronized Map<String, List<String>> firstOccurrences() {
    return taken.stream()
        .distinct()
        .collect(
            Collectors.groupingBy(
                Message::key, Collectors.mapping(Message::payload, Collectors.toList())));
  }

  List<String> of(String key) {
    return firstOccurrences().getOrDefault(key, List.of());
  }

  synchronized List<Message> taken() {
    return List.copyOf(taken);
  }

  synchronized int size() {
    return taken.size();
  }

  /** Whether a message waits for its acknowledgement. */
  boolean isBusy() {
    return !unacknowledged.isEmpty();
  }

  int unanswered() {
    return unacknowledged.size();
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  private synchronized void note(String violation) {
    violations.add(violation);
  }

  private synchronized void answered(Message message, @Nullable Throwable failure) {
    unacknowledged.remove(message.key());
    if (failure == null || failure instanceof AcknowledgementLost) {
      taken.add(message);
    }
  }
}
