package dev.allsquare.kafka;

import dev.allsquare.message.Message;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spans of messages whose trace is sampled; for all others nothing is done. Whether somebody
 * records them is the application's affair: an OpenTelemetry bean, or the Java agent.
 *
 * <p>A message's span is the child of the work that wrote it. A poll has a span of its own, linked
 * to those of its messages, under which everything stands that is done once for all of them.
 */
final class Tracing {

  private static final int TRACE_AT = 3;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;

  private final Tracer tracer;

  Tracing(OpenTelemetry openTelemetry) {
    this.tracer = openTelemetry.getTracer("dev.allsquare.kafka");
  }

  /** Gives the messages to the handler; what it writes because of one belongs under that span. */
  void handling(String topic, List<Message> messages, Consumer<List<Message>> handler) {
    if (messages.stream().noneMatch(Tracing::isSampled)) {
      handler.accept(messages);
      return;
    }
    var spans = new ArrayList<Span>();
    var poll = poll(topic, messages);
    try (var _ = poll.makeCurrent()) {
      handler.accept(
          messages.stream()
              .map(it -> isSampled(it) ? under(process(it, poll, spans), it) : it)
              .toList());
    } catch (RuntimeException | Error e) {
      spans.forEach(span -> span.setStatus(StatusCode.ERROR));
      poll.recordException(e);
      throw e;
    } finally {
      spans.forEach(Span::end);
      poll.end();
    }
  }

  /**
   * From when it was written until the log has it: what it waited in the outbox is part of that.
   */
  void sending(Message message, CompletableFuture<?> acknowledged) {
    if (isSampled(message)) {
      var span =
          about(message, "send", SpanKind.PRODUCER)
              .setParent(parent(message))
              .setStartTimestamp(message.time())
              .startSpan();
      var _ = acknowledged.whenComplete((_, failure) -> end(span, failure));
    }
  }

  private static void end(Span span, @Nullable Throwable failure) {
    if (failure != null) {
      span.setStatus(StatusCode.ERROR, failure.toString());
    }
    span.end();
  }

  private Span poll(String topic, List<Message> messages) {
    var poll =
        tracer
            .spanBuilder("poll " + topic)
            .setNoParent()
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.destination.name", topic)
            .setAttribute("messaging.batch.message_count", messages.size());
    messages.stream().filter(Tracing::isSampled).map(Tracing::context).forEach(poll::addLink);
    return poll.startSpan();
  }

  private Span process(Message message, Span poll, List<Span> spans) {
    var span =
        about(message, "process", SpanKind.CONSUMER)
            .setParent(parent(message))
            .addLink(poll.getSpanContext())
            .startSpan();
    spans.add(span);
    return span;
  }

  private SpanBuilder about(Message message, String verb, SpanKind kind) {
    var span =
        tracer
            .spanBuilder(verb + " " + message.type())
            .setSpanKind(kind)
            .setAttribute("messaging.system", "kafka")
            .setAttribute("messaging.destination.name", message.topic())
            .setAttribute("messaging.message.id", message.id().toString());
    if (message.saga() != null) {
      span.setAttribute("allsquare.saga.id", message.saga().sagaId().toString());
      span.setAttribute("allsquare.saga.step", message.saga().step());
    }
    if (message.subject() != null) {
      span.setAttribute("allsquare.subject", message.subject());
    }
    return span;
  }

  private static Context parent(Message message) {
    return Context.root().with(Span.wrap(context(message)));
  }

  private static SpanContext context(Message message) {
    String traceparent = String.valueOf(message.traceparent());
    return SpanContext.createFromRemoteParent(
        traceparent.substring(TRACE_AT, SPAN_AT - 1),
        traceparent.substring(SPAN_AT, FLAGS_AT - 1),
        TraceFlags.fromHex(traceparent, FLAGS_AT),
        TraceState.getDefault());
  }

  private static boolean isSampled(Message message) {
    String traceparent = message.traceparent();
    return traceparent != null
        && traceparent.length() == FLAGS_AT + 2
        && TraceFlags.fromHex(traceparent, FLAGS_AT).isSampled();
  }

  private static Message under(Span span, Message message) {
    var context = span.getSpanContext();
    return new Message(
        message.id(),
        message.topic(),
        message.key(),
        message.type(),
        message.source(),
        message.subject(),
        message.time(),
        message.payload(),
        message.saga(),
        message.causationId(),
        "00-%s-%s-%s"
            .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex()));
  }
}
