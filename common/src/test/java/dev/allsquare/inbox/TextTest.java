package dev.allsquare.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void aCauseThatIsItsOwnCauseIsNoTrap() {
    var one = new IllegalStateException();
    var other = new IllegalStateException(one);
    one.initCause(other);

    assertThat(Text.describe(one)).isNotEmpty();
  }
}
