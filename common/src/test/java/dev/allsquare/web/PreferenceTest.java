package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "wait=10 | 10",
        "WAIT=10 | 10",
        "Wait = 10 | 10",
        "wait=\"10\" | 10",
        "wait=007 | 7",
        "wait=30 | 30",
        "wait=31 | 30",
        "wait=99999999999999999999 | 30",
        "respond-async, wait=5 | 5",
        "return=minimal; foo=\"a;b\", wait=5; x | 5",
        "foo=\"a, wait=3\", wait=5 | 5",
        "wait=5, wait=10 | 5",
        "handling=lenient , , wait=5 | 5"
      })
  void saysHowLongToWait(String header, int seconds) {
    assertThat(Preference.waiting(header)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wait",
        "wait=",
        "wait=0",
        "wait=-1",
        "wait=1.5",
        "wait=ten",
        "wait=\"ten",
        "wait=x, wait=5",
        "await=5",
        "wait:5",
        "foo=\"wait=5\"",
        "=5",
        "\u0000"
      })
  void ignoresWhatIsAbsentOrMalformed(String header) {
    assertThat(Preference.waiting(header)).isEmpty();
  }

  @Test
  void aHugeHeaderIsReadInNoTime() {
    assertThat(Preference.waiting("x=\"" + "\\a".repeat(100_000))).isEmpty();
    assertThat(Preference.waiting("x;".repeat(100_000) + ",wait=5")).isPresent();
    assertThat(Preference.waiting(null)).isEmpty();
  }
}
