package dev.allsquare.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One trace leads through outbox, log and batches. */
class TracingTest {

  private static final Instant WRITTEN = Instant.parse("2026-01-31T10:00:00Z");
  private static final String ANNS = "00-" + "a".repeat(32) + "-" + "1".repeat(16) + "-01";
  private static final String BOBS = "00-" + "b".repeat(32) + "-" + "2".repeat(16) + "-01";
  private static final String UNSAMPLED = "00-" + "c".repeat(32) + "-" + "3".repeat(16) + "-00";

  private final Recorded recorded = new Recorded();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(recorded))
                  .build())
          .build();
  private final Tracing tracing = new Tracing(sdk);

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void whatIsWrittenBecauseOfAMessageIsTheChildOfItsSpan() {
    var handled = handle(message(ANNS), message(BOBS));

    var anns = span("process payment.authorize.v1", "a");
    assertThat(anns.getParentSpanId()).isEqualTo("1".repeat(16));
    assertThat(anns.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(handled)
        .extracting(Message::traceparent)
        .containsExactly(
            "00-" + "a".repeat(32) + "-" + anns.getSpanId() + "-01",
            "00-"
                + "b".repeat(32)
                + "-"
                + span("process payment.authorize.v1", "b").getSpanId()
                + "-01");
  }

  @Test
  void aPollAndItsMessagesAreLinkedBothWays() {
    handle(message(ANNS), message(BOBS), message(UNSAMPLED));

    var poll = one("poll payment.commands");
    assertThat(poll.getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly("1".repeat(16), "2".repeat(16));
    assertThat(span("process payment.authorize.v1", "a").getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(poll.getSpanId());
    assertThat(recorded.spans).hasSize(3);
  }

  @Test
  void whatIsDoneOnceForAllStandsUnderThePoll() {
    tracing.handling(
        "payment.commands",
        List.of(message(ANNS)),
        _ -> sdk.getTracer("jdbc").spanBuilder("select").startSpan().end());

    assertThat(one("select").getParentSpanId()).isEqualTo(one("poll payment.commands").getSpanId());
    assertThat(Span.current().getSpanContext().isValid()).as("a span is left behind").isFalse();
  }

  @Test
  void aBatchThatFailsIsToldInEachOfItsTraces() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                tracing.handling(
                    "payment.commands",
                    List.of(message(ANNS)),
                    _ -> {
                      throw new IllegalStateException("the database is away");
                    }));

    assertThat(span("process payment.authorize.v1", "a").getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
    assertThat(one("poll payment.commands").getEvents()).hasSize(1);
  }

  @Test
  void whatAMessageWaitedInTheOutboxIsPartOfItsTrace() {
    var acknowledged = new CompletableFuture<@Nullable Void>();
    tracing.sending(message(ANNS), acknowledged);
    assertThat(recorded.spans).isEmpty();
    acknowledged.complete(null);

    var send = span("send payment.authorize.v1", "a");
    assertThat(send.getParentSpanId()).isEqualTo("1".repeat(16));
    assertThat(send.getStartEpochNanos())
        .isEqualTo(TimeUnit.SECONDS.toNanos(WRITTEN.getEpochSecond()));
  }

  @Test
  void whatIsNotSampledIsLeftAsItIs() {
    var message = message(UNSAMPLED);
    var without = message(null);

    assertThat(handle(message, without).getFirst()).isSameAs(message);
    tracing.sending(message, CompletableFuture.completedFuture(null));
    assertThat(recorded.spans).isEmpty();
  }

  @Test
  void whereNobodyRecordsTheTraceGoesThroughUnchanged() {
    var handled = new ArrayList<Message>();
    new Tracing(OpenTelemetry.noop())
        .handling("payment.commands", List.of(message(ANNS)), handled::addAll);

    assertThat(handled).extracting(Message::traceparent).containsExactly(ANNS);
  }

  private List<Message> handle(Message... messages) {
    var handled = new ArrayList<Message>();
    tracing.handling("payment.commands", List.of(messages), handled::addAll);
    return handled;
  }

  private SpanData span(String name, String trace) {
    return recorded.spans.stream()
        .filter(span -> span.getName().equals(name))
        .filter(span -> span.getTraceId().equals(trace.repeat(32)))
        .findFirst()
        .orElseThrow();
  }

  private SpanData one(String name) {
    return recorded.spans.stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Message message(@Nullable String traceparent) {
    var id = Uuid7.next(WRITTEN);
    return new Message(
        id,
        "payment.commands",
        "key",
        "payment.authorize.v1",
        "order-service",
        "order-7",
        WRITTEN,
        "{}",
        new SagaContext(
            UUID.randomUUID(), "PlaceOrder", "authorizePayment", Direction.ACTION, "order.replies"),
        null,
        traceparent);
  }

  private static final class Recorded implements SpanExporter {

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
