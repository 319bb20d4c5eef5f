package dev.allsquare.saga;

import static dev.allsquare.saga.Bed.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Uuid7;
import dev.allsquare.saga.Purchases.Purchase;
import dev.allsquare.testing.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingTest {

  private static final Diary DIARY = new Diary();
  private static final Bed BED =
      Bed.on(
          TestPostgres.newDatabase(), List.of(DIARY), Purchases.purchase(1, Duration.ofMinutes(1)));

  @BeforeEach
  void forget() {
    BED.forget();
    DIARY.pages.clear();
  }

  @AfterAll
  static void close() {
    BED.close();
  }

  @Test
  void allSagasThatEndInOnePollAreToldTogetherSortedById() {
    var ids = Stream.generate(() -> Uuid7.next(Instant.now())).limit(20).toArray(UUID[]::new);
    BED.start(ids);
    answerAll();
    answerAll();
    var last = new ArrayList<>(BED.drain().stream().map(Bed::done).toList());
    last.addFirst(last.removeLast());
    BED.deliver(last);
    assertThat(DIARY.pages).hasSize(1);
    assertThat(DIARY.pages.getFirst())
        .extracting(SagaEnding.Ended::sagaId)
        .containsExactly(Stream.of(ids).sorted().toArray(UUID[]::new));
    assertThat(DIARY.pages.getFirst()).allMatch(e -> e.outcome() == SagaEnding.Outcome.COMPLETED);
  }

  @Test
  void aTurnedSagaEndsWithItsReasonItsKeyAndItsData() {
    var saga = BED.start();
    var first = BED.drain();
    BED.deliver(done(first.get(0)), Bed.refused(first.get(1), "INSUFFICIENT_FUNDS"));
    assertThat(DIARY.pages).isEmpty();
    answerAll();
    assertThat(DIARY.pages)
        .containsExactly(
            List.of(
                new SagaEnding.Ended<>(
                    saga,
                    "order-" + saga,
                    new Purchase("tea"),
                    SagaEnding.Outcome.COMPENSATED,
                    "INSUFFICIENT_FUNDS")));
  }

  @Test
  void anEndIsToldOnce() {
    var saga = BED.start();
    answerAll();
    answerAll();
    var shipped = done(BED.take("ship", Direction.ACTION));
    BED.deliver(shipped);
    BED.deliver(shipped);
    assertThat(DIARY.pages).hasSize(1);
    assertThat(BED.state(saga)).isEqualTo("COMPLETED");
  }

  @Test
  void theEndAndWhatTheServiceMakesOfItAreCommittedTogetherOrNotAtAll() {
    double ended = ended();
    var saga = BED.start();
    answerAll();
    answerAll();
    var shipped = done(BED.take("ship", Direction.ACTION));
    DIARY.isFull = true;
    assertThatThrownBy(() -> BED.deliver(shipped)).hasMessage("the diary is full");
    assertThat(BED.state(saga)).isEqualTo("RUNNING");
    assertThat(ended()).isEqualTo(ended);
    DIARY.isFull = false;
    BED.deliver(shipped);
    assertThat(BED.state(saga)).isEqualTo("COMPLETED");
    assertThat(ended() - ended).isOne();
  }

  private static double ended() {
    return BED.bean(MeterRegistry.class)
        .get("saga.ended")
        .tags("type", "Purchase", "outcome", "completed")
        .counter()
        .count();
  }

  private static void answerAll() {
    BED.deliver(BED.drain().stream().map(Bed::done).toList());
  }

  /** Writes down what ended, until it is full. */
  private static final class Diary implements SagaEnding<Purchase> {

    private final List<List<Ended<Purchase>>> pages = new ArrayList<>();
    private boolean isFull;

    @Override
    public String sagaName() {
      return "Purchase";
    }

    @Override
    public void ended(List<Ended<Purchase>> sagas) {
      if (isFull) {
        throw new IllegalStateException("the diary is full");
      }
      pages.add(sagas);
    }
  }
}
