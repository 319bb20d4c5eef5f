package dev.allsquare.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.testing.Messaging;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** First come, first remembered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxTest {

  private Messaging messaging;

  @BeforeAll
  void open() {
    messaging = new Messaging(_ -> {});
  }

  @AfterAll
  void close() {
    messaging.close();
  }

  private List<Message> firstSeen(List<Message> messages) {
    return Objects.requireNonNull(
        messaging.transaction().execute(_ -> messaging.bean(Inbox.class).firstSeen(messages)));
  }

  @Test
  void aMessageIsSeenFirstOnce() {
    Message one = Recorder.event("k", "1");
    Message two = Recorder.event("k", "2");

    assertThat(firstSeen(List.of(two, one, two))).containsExactly(two, one);
    assertThat(firstSeen(List.of(one, two))).isEmpty();
  }

  @Test
  void aClockThatIsWrongRefusesNothing() {
    var message = Recorder.event("k", "1");
    for (var wrong : List.of(Duration.ofHours(-1), Duration.ofDays(20))) {
      messaging.clock().advance(wrong);
      assertThat(messaging.bean(Inbox.class).refusal(message)).isNull();
      messaging.clock().advance(wrong.negated());
    }
  }

  @Test
  void whatIsFromTheFutureForTheDatabaseTooIsRefused() {
    var future = messaging.clock().instant().plus(Duration.ofHours(1));
    var message = message(Uuid7.next(future));
    assertThat(messaging.bean(Inbox.class).refusal(message)).endsWith("that is in the future");
    var past = messaging.clock().instant().minus(Duration.ofDays(15));
    assertThat(messaging.bean(Inbox.class).refusal(message(Uuid7.next(past))))
        .endsWith("that is older than the inbox remembers");
  }

  private Message message(UUID id) {
    var now = messaging.clock().instant();
    return new Message(id, "t", "k", "type", "source", null, now, "{}", null, null, null);
  }

  @Test
  void whatIsRolledBackWasNotSeen() {
    Message one = Recorder.event("k", "1");
    messaging
        .transaction()
        .executeWithoutResult(
            status -> {
              messaging.bean(Inbox.class).firstSeen(List.of(one));
              status.setRollbackOnly();
            });

    assertThat(firstSeen(List.of(one))).containsExactly(one);
  }

  @Test
  void twoThatLookAtOnceDoNotBothSeeItFirst() throws Exception {
    List<Message> messages =
        IntStream.range(0, 100).mapToObj(it -> Recorder.event("k", "" + it)).toList();
    Callable<Integer> forward = () -> firstSeen(messages).size();
    Callable<Integer> backward = () -> firstSeen(messages.reversed()).size();

    int seen = 0;
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var run : threads.invokeAll(List.of(forward, backward, forward, backward))) {
        seen += run.get();
      }
    }

    assertThat(seen).isEqualTo(100);
  }

  @Test
  void theInboxNeedsATransaction() {
    assertThatThrownBy(() -> messaging.bean(Inbox.class).firstSeen(List.of()))
        .isInstanceOf(IllegalStateException.class);
  }
}
