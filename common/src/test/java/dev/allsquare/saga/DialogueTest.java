package dev.allsquare.saga;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DialogueTest {

  private static Dialogue purchase() {
    return Dialogue.start(Purchases.purchase(1, ofSeconds(60)));
  }

  @Test
  void aSagaIsToldAsATalk() {
    purchase()
        .expect("reserve", "authorize")
        .failed("reserve")
        .after(1)
        .expect("reserve #2")
        .after(10)
        .after(10)
        .expect("reserve #2 again", "authorize again")
        .done("reserve #2", "authorize")
        .expect("capture")
        .refused("capture", "DECLINED")
        .expect("undo reserve", "undo authorize")
        .done("undo reserve", "undo authorize")
        .isCompensated("DECLINED");
  }

  @Test
  void whatIsParkedIsRepaired() {
    purchase()
        .done("reserve", "authorize", "capture")
        .refused("ship", "BROKEN_BOX")
        .isParked("ship was refused: BROKEN_BOX")
        .waitsFor("ship")
        .retry()
        .isRunning()
        .refused("ship #2", "BROKEN_BOX")
        .skip()
        .isCompleted();
  }

  @Test
  void anotherCommandThanExpectedIsNotOverlooked() {
    assertThatThrownBy(() -> purchase().expect("reserve")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> purchase().expectNothing()).isInstanceOf(AssertionError.class);
  }

  @Test
  void nobodyAnswersWhatWasNeverCommanded() {
    assertThatThrownBy(() -> purchase().done("capture"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was ever commanded: capture");
  }
}
