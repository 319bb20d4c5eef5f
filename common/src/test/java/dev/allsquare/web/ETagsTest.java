package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagsTest {

  @ParameterizedTest
  @ValueSource(strings = {"\"5\"", "*", "\"4\", \"5\"", "W/\"5\", \"5\""})
  void theVersionTheCallerSawMatches(String ifMatch) {
    assertThatCode(() -> ETags.requireMatch(ifMatch, 5L)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"4\"", "W/\"5\"", "5", "", "\"55\""})
  void anotherVersionDoesNot(String ifMatch) {
    assertThatThrownBy(() -> ETags.requireMatch(ifMatch, 5L))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.type()).isEqualTo("version-mismatch"));
  }

  @Test
  void whatIsNotThereMatchesNothingUnlessNothingIsAsked() {
    assertThatThrownBy(() -> ETags.requireMatch("*", null)).isInstanceOf(Problem.class);
    assertThatCode(() -> ETags.requireMatch(null, null)).doesNotThrowAnyException();
    assertThat(ETags.of(5)).isEqualTo("\"5\"");
  }
}
