package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

  @Test
  void standsForThePositionOfThePagesLastItem() {
    var page = Page.of(List.of(7L, 6L, 5L), 2, Function.identity());
    assertThat(page.items()).containsExactly(7L, 6L);
    assertThat(Cursor.<Long>read(page.next(), Long::valueOf)).isEqualTo(6L);
    assertThat(Page.of(List.of(7L, 6L), 2, Function.identity()).next()).isNull();
    assertThat(Cursor.<Long>read(null, Long::valueOf)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "abc", "AAAA", "!!!!", "1"})
  void isRefusedWhenWeNeverGaveItOut(String after) {
    assertThatThrownBy(() -> Cursor.read(after, UUID::fromString))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.type()).isEqualTo("invalid-cursor"));
  }

  @Test
  void cannotSmuggleNulIn() {
    assertThatThrownBy(() -> Cursor.read(Cursor.of("TEA\u0000"), Function.identity()))
        .isInstanceOf(Problem.class);
  }
}
