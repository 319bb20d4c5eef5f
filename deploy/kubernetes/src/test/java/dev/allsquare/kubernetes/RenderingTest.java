package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has no kubectl tests the same objects as who has one; {@code -Dobjects=write} sees to it. */
class RenderingTest {

  static Stream<Rendered> overlays() {
    return Rendered.all();
  }

  @Test
  void theRenderingThatIsKeptIsOfTheseSources() throws IOException {
    if (System.getProperty("objects", "").equals("write")) {
      LastRendering.write(Rendered.texts());
    }
    assertThat(LastRendering.isOfTheseSources()).as(LastRendering.HOW_TO_WRITE).isTrue();
  }

  /** Compares nothing but itself where nothing renders. */
  @ParameterizedTest
  @MethodSource("overlays")
  void itIsWhatIsRenderedToday(Rendered overlay) {
    assertThat(Rendered.lastTime(overlay.overlay()).objects())
        .as(LastRendering.HOW_TO_WRITE)
        .containsExactlyInAnyOrderElementsOf(overlay.objects());
  }
}
