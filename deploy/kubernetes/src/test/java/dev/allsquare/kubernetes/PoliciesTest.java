package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays keep every policy, and every policy notices what it is there for. */
class PoliciesTest {

  static Stream<Arguments> everywhere() {
    return Rendered.all()
        .flatMap(overlay -> Arrays.stream(Policy.values()).map(it -> Arguments.of(it, overlay)));
  }

  static Stream<Mutation> mutations() {
    return Mutations.all();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("everywhere")
  void holds(Policy policy, Rendered overlay) {
    assertThat(policy.violations(overlay)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutations")
  void breaks(Mutation mutation) {
    assertThat(mutation.policy().violations(mutation.mutant())).isNotEmpty();
  }

  /** The one that is left looks at the code alone, and nothing here can change that. */
  @Test
  void noPolicyIsBlind() {
    var proven = Mutations.all().map(Mutation::policy).collect(Collectors.toSet());
    assertThat(EnumSet.complementOf(EnumSet.copyOf(proven)))
        .containsExactly(Policy.LIVENESS_LOOKS_AT_NOTHING_ELSE);
  }
}
