package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sagas of random shape in a world that loses, repeats, delays and reorders messages, in which
 * participants refuse and fail, outboxes stall and people change their minds. A walk that breaks a
 * promise prints its seed and what happened; {@link #replay} walks it again.
 */
class RandomWalkTest {

  private static final long REPLAY = 1;

  @Test
  void whateverHappensEverySagaEndsOrParksAndKeepsItsPromises() {
    walk(10_000);
  }

  @Test
  @Tag("long")
  void theSameForManyMore() {
    walk(500_000);
  }

  @Test
  void replay() {
    new RandomWalk(REPLAY).toTheEnd();
  }

  private static void walk(int seeds) {
    var ends =
        LongStream.range(0, seeds)
            .parallel()
            .mapToObj(RandomWalkTest::endOf)
            .collect(Collectors.toSet());
    // A walk that only ever saw one kind of end would prove little.
    assertThat(ends).contains("COMPLETED", "COMPENSATED", "PARKED forward", "PARKED back");
  }

  private static String endOf(long seed) {
    var walk = new RandomWalk(seed);
    walk.toTheEnd();
    return walk.end();
  }
}
