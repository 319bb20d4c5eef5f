package dev.allsquare.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.allsquare.contract.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTest {

  private static final Sku TEA = new Sku("TEA-001");
  private static final Money PRICE = new Money("12.50", "EUR");

  @ParameterizedTest
  @ValueSource(strings = {"T", "TEA-001", "tea.green_2026", "0"})
  void aSkuHasLettersDigitsDotsHyphensAndUnderscores(String code) {
    assertThat(new Sku(code).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-T", ".", "TEA 001", "TEA/001", "TEA\0", "TEE\u00e4", "TEA\n"})
  void anythingElseIsNoSku(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sku(code));
  }

  @Test
  void aSkuEndsAtSixtyFourCharacters() {
    assertThat(Sku.fits("T".repeat(64))).isTrue();
    assertThat(Sku.fits("T".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t", "te\0a", "te\u0007a", "te\u2028a", "te\ud83da", "te\uffffa"})
  void aNameCanBeSeenAndStored(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Product(TEA, name, PRICE));
  }

  @Test
  void aNameEndsAtTwoHundredCharacters() {
    assertThat(new Product(TEA, "t".repeat(200), PRICE).name()).hasSize(200);
    assertThatIllegalArgumentException().isThrownBy(() -> new Product(TEA, "t".repeat(201), PRICE));
  }

  @Test
  void aNameMayBeWrittenInAnyScript() {
    assertThat(new Product(TEA, " 緑茶 🍵 ", PRICE).name()).isEqualTo("緑茶 🍵");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.00", "-0.01"})
  void nothingIsFree(String amount) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Product(TEA, "tea", new Money(amount, "EUR")));
  }

  @Test
  void theSameDescriptionChangesNothing() {
    var product = new Product(TEA, "tea", PRICE);

    assertThat(product.describe(" tea ", new Money("12.50", "EUR"))).isFalse();
    assertThat(product.describe("Tea", PRICE)).isTrue();
    assertThat(product.describe("Tea", new Money("12.51", "EUR"))).isTrue();
    assertThat(product.describe("Tea", new Money("12.51", "USD"))).isTrue();
    assertThat(product.price()).isEqualTo(new Money("12.51", "USD"));
  }
}
