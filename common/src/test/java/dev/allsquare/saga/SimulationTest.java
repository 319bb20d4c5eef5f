package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.testing.Guard;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sagas of random shape in a world that loses, repeats, delays and reorders messages, kills and
 * stops processes between any two steps, and sets clocks. A seed that breaks a promise is printed
 * with all that happened; {@code -Dsimulation.seed=N} lives it through again.
 */
class SimulationTest {

  private static final Set<Guard> NONE_OFF = EnumSet.noneOf(Guard.class);
  private static final int ENOUGH = 1_000;

  @Test
  void whateverHappensThePromisesAreKept() {
    keeps(0, 10_000);
  }

  @Test
  @Tag("long")
  void theSameForManyMore() {
    keeps(10_000, 100_000);
  }

  @Test
  void aSeedIsHadAgainExactly() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(tell(seed, NONE_OFF)).isEqualTo(tell(seed, NONE_OFF));
    }
  }

  private static void keeps(long from, long to) {
    var only = Long.getLong("simulation.seed");
    if (only != null) {
      System.out.println(tell(only, NONE_OFF));
      from = only;
      to = only + 1;
    }
    var ends =
        LongStream.range(from, to)
            .parallel()
            .boxed()
            .flatMap(seed -> live(seed))
            .collect(Collectors.toSet());
    // Seeds that only ever saw one kind of end would prove little.
    assertThat(only != null || ends.size() == 2).isTrue();
  }

  private static Stream<Phase> live(long seed) {
    try {
      return new Simulation(seed, NONE_OFF, Story.untold()).toTheEnd().stream();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dsimulation.seed=" + seed + "\n" + tell(seed, NONE_OFF), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that happens with this seed, up to where it breaks. */
  private static String tell(long seed, Set<Guard> off) {
    var story = Story.told();
    try {
      new Simulation(seed, off, story).toTheEnd();
    } catch (AssertionError | RuntimeException | InterruptedException e) {
      return story + "\n" + e;
    }
    return story.toString();
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void withoutAGuardAPromiseIsBroken(Guard guard) {
    var broken = firstBroken(guard);
    assertThat(broken).as("no promise was broken without " + guard).isNotNull();
    System.out.println("Without " + guard + ": " + broken);
  }

  private static @Nullable String firstBroken(Guard guard) {
    for (long seed = 0; seed < ENOUGH; seed++) {
      try {
        new Simulation(seed, EnumSet.of(guard), Story.untold()).toTheEnd();
      } catch (AssertionError e) {
        return e.getMessage() + ", after " + (seed + 1) + " seeds";
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return null;
  }
}
