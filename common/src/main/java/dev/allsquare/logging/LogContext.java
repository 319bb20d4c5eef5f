package dev.allsquare.logging;

import dev.allsquare.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids that log lines carry while this is open: {@code sagaId}, {@code subject} (an order's id,
 * mostly), {@code messageId} and {@code traceId}.
 *
 * <p>A batch is about nobody in particular: this is opened around what is said of one message, not
 * around its handling. What strangers wrote into a header cannot begin a line of its own.
 */
public final class LogContext implements AutoCloseable {

  public static final String TRACE = "traceId";

  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
  private static final int LONGEST = 100;

  private final List<MDC.MDCCloseable> open = new ArrayList<>(4);

  private LogContext() {}

  public static LogContext of(Message message) {
    var saga = message.saga();
    return new LogContext()
        .with("sagaId", saga == null ? null : saga.sagaId())
        .with("subject", message.subject())
        .with("messageId", message.id())
        .with(TRACE, traceOf(message.traceparent()));
  }

  public static LogContext of(UUID saga, String businessKey, @Nullable String traceparent) {
    return new LogContext()
        .with("sagaId", saga)
        .with("subject", businessKey)
        .with(TRACE, traceOf(traceparent));
  }

  /** The trace id in it. */
  public static @Nullable String traceOf(@Nullable String traceparent) {
    String[] parts = traceparent == null ? new String[0] : traceparent.split("-", 3);
    return parts.length == 3 ? parts[1] : null;
  }

  private LogContext with(String name, @Nullable Object value) {
    if (value != null) {
      open.add(MDC.putCloseable(name, clean(value.toString())));
    }
    return this;
  }

  private static String clean(String value) {
    String line = UNSAFE.matcher(value).replaceAll("_");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }

  @Override
  public void close() {
    open.forEach(MDC.MDCCloseable::close);
  }
}
