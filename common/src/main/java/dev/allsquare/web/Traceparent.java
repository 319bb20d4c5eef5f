package dev.allsquare.web;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} header (<a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>): one trace id goes with a request from here to the last event it leads to.
 *
 * <p>Where a tracer made a span for the request, that is what goes on. Where none listens, what is
 * made here lets logs be read together, and a caller's wish to be sampled is passed on.
 */
public final class Traceparent {

  /** Of a later version more may follow, which we do not know. */
  private static final Pattern VALID =
      Pattern.compile(
          "(?!ff)(?<version>[0-9a-f]{2})-(?<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}"
              + "-(?<flags>[0-9a-f]{2})(?<more>-.*)?");

  private static final int SAMPLED = 1;

  /** Where {@link TraceFilter} keeps the request's own. */
  public static final String ATTRIBUTE = "dev.allsquare.web.Traceparent";

  private Traceparent() {}

  /** The caller's trace with a span of our own; a trace of our own where the header is no good. */
  static String continued(@Nullable String header) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      return "00-%s-%s-%s"
          .formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex());
    }
    Matcher caller = VALID.matcher(header == null ? "" : header);
    if (!caller.matches()
        || (caller.group("version").equals("00") && caller.group("more") != null)) {
      return of(id() + id(), 0);
    }
    return of(caller.group("trace"), Integer.parseInt(caller.group("flags"), 16) & SAMPLED);
  }

  private static String of(String trace, int flags) {
    return "00-%s-%s-%02x".formatted(trace, id(), flags);
  }

  /** Sixteen digits, never all zero. */
  private static String id() {
    return "%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }
}
