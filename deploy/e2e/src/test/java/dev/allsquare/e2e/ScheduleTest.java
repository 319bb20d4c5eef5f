package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Duration LENGTH = Duration.ofMinutes(4);
  private static final long SEED = 42;

  private final Schedule schedule = Schedule.of(SEED, 60, LENGTH, Fault.kinds());

  @Test
  void theSameSeedGivesTheSameFaultsAndAnotherSeedOthers() {
    assertThat(Schedule.of(SEED, 60, LENGTH, Fault.kinds())).isEqualTo(schedule);
    assertThat(Schedule.of(SEED + 1, 60, LENGTH, Fault.kinds())).isNotEqualTo(schedule);
  }

  @Test
  void everyKindComes() {
    assertThat(
            schedule.faults().stream()
                .map(planned -> planned.fault().getClass())
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(Fault.class.getPermittedSubclasses()));
  }

  @Test
  void aKindThatThisMachineCannotHaveIsLeftOutAndOthersComeInstead() {
    assertThat(Schedule.of(SEED, 60, LENGTH, Set.of("Spoil", "Spoof")).faults())
        .hasSize(60)
        .allSatisfy(planned -> assertThat(planned.fault().kind()).isIn("Spoil", "Spoof"));
  }

  @Test
  void noFaultLastsLongerThanItMayAndAllComeInTime() {
    assertThat(schedule.faults())
        .hasSize(60)
        .allSatisfy(planned -> assertThat(planned.lasts()).isLessThanOrEqualTo(Schedule.LONGEST))
        .allSatisfy(planned -> assertThat(planned.at()).isLessThan(LENGTH));
  }

  @Test
  void twoComeAtTheSameMomentAndThereIsCalmBetweenTheStorms() {
    var times = schedule.faults().stream().map(Schedule.Planned::at).sorted().toList();
    assertThat(times.stream().distinct()).hasSizeLessThan(times.size());
    long longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i).minus(times.get(i - 1)).toMillis());
    }
    assertThat(longest).isGreaterThanOrEqualTo(7_000);
  }
}
