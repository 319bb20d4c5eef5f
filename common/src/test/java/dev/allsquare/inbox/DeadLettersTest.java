package dev.allsquare.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.testing.Messaging;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Garbage is kept byte by byte, once, and can be read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersTest {

  private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0xfe};

  private Messaging messaging;

  @BeforeAll
  void open() {
    messaging = new Messaging(_ -> {});
  }

  @BeforeEach
  void clean() {
    messaging.jdbc().sql("truncate dead_letter, outbox").update();
  }

  @AfterAll
  void close() {
    messaging.close();
  }

  @Test
  void garbageIsKeptByteByByte() {
    keep(garbage(7, NO_TEXT, NO_TEXT));

    var row =
        messaging
            .jdbc()
            .sql("select key, payload, headers::text as headers, why from dead_letter")
            .query()
            .singleRow();
    assertThat(row.get("key")).isEqualTo(NO_TEXT);
    assertThat(row.get("payload")).isEqualTo(NO_TEXT);
    assertThat(row.get("headers"))
        .isEqualTo(
            "[{\"name\":\"text\",\"value\":\"héllo\"},{\"name\":\"bytes\",\"base64\":\"/wD+\"},"
                + "{\"name\":\"nul\",\"value\":\"\\u0000\"},{\"name\":\"none\"}]");
    assertThat(row.get("why")).isEqualTo("no id \uFFFD");
  }

  @Test
  void garbageWithoutKeyAndPayloadIsKept() {
    keep(garbage(7, null, null));

    assertThat(rows("select 1 from dead_letter where key is null and payload is null")).isOne();
  }

  @Test
  void garbageThatIsDeliveredAgainIsKeptOnce() {
    double before = messaging.counted("deadletters");

    keep(garbage(7, null, "{".getBytes(UTF_8)));
    keep(garbage(7, null, "{".getBytes(UTF_8)));
    keep(garbage(8, null, "{".getBytes(UTF_8)));

    assertThat(rows("select 1 from dead_letter")).isEqualTo(2);
    assertThat(rows("select 1 from outbox where aggregatetype = 'box.commands.dlt'")).isEqualTo(2);
    assertThat(messaging.counted("deadletters") - before).isEqualTo(2);
  }

  @Test
  void whatWaitsForAnOperatorIsCountedUntilItIsGone() {
    var metrics = messaging.bean(DeadLetterMetrics.class);
    keep(garbage(7, null, null));
    keep(garbage(8, null, null));
    metrics.look();
    assertThat(openLetters()).isEqualTo(2);

    messaging.jdbc().sql("truncate dead_letter").update();
    metrics.look();
    assertThat(openLetters()).isZero();
  }

  @Test
  void anUntouchedTopicIsCountedFromZero() {
    messaging.bean(DeadLetterMetrics.class).expect("quiet.commands");

    assertThat(
            messaging
                .bean(MeterRegistry.class)
                .get("deadletters")
                .tags("topic", "quiet.commands", "cause", "GARBAGE")
                .counter()
                .count())
        .isZero();
  }

  @Test
  void whereAnAgeIsSetOldDeadLettersGo() {
    keep(garbage(7, "old".getBytes(UTF_8), null));
    keep(garbage(8, "old".getBytes(UTF_8), null));
    messaging.jdbc().sql("update dead_letter set at = now() - interval '31 days'").update();
    keep(garbage(9, "young".getBytes(UTF_8), null));

    var rows = messaging.bean(DeadLetterRows.class);
    assertThat(rows.discard(Duration.ofDays(30), 1)).isOne();
    assertThat(rows.discard(Duration.ofDays(30), 500)).isOne();

    assertThat(
            messaging
                .jdbc()
                .sql("select partition_offset from dead_letter order by 1")
                .query(Long.class)
                .list())
        .containsExactly(9L);
  }

  @Test
  void hugeGarbageIsKeptWholeAndItsRecordFitsTheLog() {
    byte[] huge = new byte[1_000_000];

    keep(garbage(7, null, huge));

    assertThat(rows("select 1 from dead_letter where length(payload) = 1000000")).isOne();
    assertThat(rows("select 1 from outbox where length(payload) between 80000 and 100000")).isOne();
  }

  @Test
  void operatorsReadThemInPagesNewestFirst() {
    for (int offset = 1; offset <= 5; offset++) {
      keep(garbage(offset, null, null));
    }
    var endpoint = new DeadLettersEndpoint(messaging.bean(DeadLetterRows.class));

    var first = endpoint.list(null, null, 2);
    var second = endpoint.list("box.commands", first.next(), 2);
    var third = endpoint.list(null, second.next(), 2);

    assertThat(first.items()).extracting(DeadLetter::offset).containsExactly(5L, 4L);
    assertThat(second.items()).extracting(DeadLetter::offset).containsExactly(3L, 2L);
    assertThat(third.items()).extracting(DeadLetter::offset).containsExactly(1L);
    assertThat(third.next()).isNull();
    assertThat(endpoint.list("other", null, null).items()).isEmpty();
    assertThat(endpoint.show(first.items().getFirst().seq())).isEqualTo(first.items().getFirst());
    assertThat(endpoint.show(-1)).isNull();
  }

  private void keep(Garbage garbage) {
    messaging.bean(DeadLetters.class).garbage(List.of(garbage));
  }

  private static Garbage garbage(long offset, byte @Nullable [] key, byte @Nullable [] payload) {
    return new Garbage(
        "box.commands",
        3,
        offset,
        key,
        List.of(
            new Garbage.Header("text", "héllo".getBytes(UTF_8)),
            new Garbage.Header("bytes", NO_TEXT),
            new Garbage.Header("nul", new byte[] {0}),
            new Garbage.Header("none", null)),
        payload,
        "no id \0");
  }

  private int rows(String sql) {
    return messaging.jdbc().sql(sql).query().listOfRows().size();
  }

  private double openLetters() {
    return messaging.bean(MeterRegistry.class).get("deadletters.open").gauge().value();
  }
}
