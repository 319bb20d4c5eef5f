package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  private static String key(String header) {
    return IdempotencyKey.of("POST /orders alice", header, "body").key();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "abc | abc",
        "\"abc\" | abc",
        "\"a b,c\" | a b,c",
        "\"a\\\"b\\\\c\" | a\"b\\c",
        "8e03978e-40d5-43dd-bc93-6894a57f9324 | 8e03978e-40d5-43dd-bc93-6894a57f9324"
      })
  void isReadQuotedOrBare(String header, String expected) {
    assertThat(key(header)).isEqualTo(expected);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "\"abc",
        "abc\"",
        "a b",
        "a,b",
        "schlüssel",
        "a\u0000b",
        "\"\\x\""
      })
  void isRefusedWhenMissingOrMalformed(String header) {
    assertThatThrownBy(() -> key(header))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.type()).isEqualTo("invalid-idempotency-key"));
  }

  @Test
  void hasAtMost255Characters() {
    assertThat(key("k".repeat(255))).hasSize(255);
    assertThat(key("\"" + "\\\"".repeat(255) + "\"")).hasSize(255);
    assertThatThrownBy(() -> key("k".repeat(256))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> key("\"" + "k".repeat(256) + "\"")).isInstanceOf(Problem.class);
  }

  @Test
  void fingerprintsTellBodiesApartWhateverTheOrderOfTheirFields() {
    var one = IdempotencyKey.of("s", "k", Map.of("a", 1, "b", "x")).fingerprint();
    assertThat(IdempotencyKey.of("s", "k", Map.of("b", "x", "a", 1)).fingerprint()).isEqualTo(one);
    assertThat(IdempotencyKey.of("s", "k", Map.of("a", 2, "b", "x")).fingerprint())
        .isNotEqualTo(one);
  }
}
