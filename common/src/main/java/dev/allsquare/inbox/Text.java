package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text takes every character but one. */
final class Text {

  private static final int LONGEST = 2_000;

  private Text() {}

  static boolean hasNul(Message message) {
    SagaContext saga = message.saga();
    Stream<@Nullable String> ours =
        Stream.of(
            message.key(),
            message.type(),
            message.source(),
            message.subject(),
            message.payload(),
            message.traceparent());
    Stream<@Nullable String> sagas =
        saga == null ? Stream.of() : Stream.of(saga.sagaType(), saga.step(), saga.replyTo());
    return Stream.concat(ours, sagas).anyMatch(it -> it != null && it.indexOf('\0') >= 0);
  }

  /** Only what PostgreSQL can store of it. */
  static String storable(String text) {
    String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return shortened.replace('\0', '\uFFFD');
  }

  /** The failure and its root, which is usually what people want to know. */
  static String describe(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
      root = root.getCause();
    }
    return root.equals(failure) ? failure.toString() : failure + ", because of " + root;
  }
}
