package dev.allsquare.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "12.50, EUR, 1250",
    "0.00, EUR, 0",
    "-0.01, EUR, -1",
    "1200, JPY, 1200",
    "0.500, KWD, 500",
    "92233720368547758.07, EUR, 9223372036854775807",
    "9223372036854775807, JPY, 9223372036854775807",
    "-9223372036854775808, JPY, -9223372036854775808"
  })
  void everyCurrencyHasItsOwnDigits(String amount, String currency, long minor) {
    assertThat(new Money(amount, currency).minor()).isEqualTo(minor);
    assertThat(Money.ofMinor(minor, currency).amount()).isEqualTo(amount);
  }

  @ParameterizedTest
  @CsvSource({
    "12.5, EUR",
    "12.500, EUR",
    "12, EUR",
    ".50, EUR",
    "12., EUR",
    "'', EUR",
    "' 12.50', EUR",
    "012.50, EUR",
    "+12.50, EUR",
    "1e3, JPY",
    "1200.00, JPY",
    "1200., JPY",
    "0.50, KWD",
    "NaN, EUR",
    "Infinity, EUR",
    "'1,250.00', EUR",
    "١٢.٥٠, EUR",
    "0x10, JPY",
    "--1, JPY"
  })
  void otherDigitsAreRefused(String amount, String currency) {
    assertThatThrownBy(() -> new Money(amount, currency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("digits");
  }

  @ParameterizedTest
  @CsvSource({
    "92233720368547758.08, EUR",
    "9223372036854775808, JPY",
    "-9223372036854775809, JPY",
    "9999999999999999999, JPY",
    "9223372036854775.808, KWD"
  })
  void moreThan64BitsOfMinorUnitsAreRefused(String amount, String currency) {
    assertThatThrownBy(() -> new Money(amount, currency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large");
  }

  @ParameterizedTest
  @CsvSource({"XXX", "XAU", "ABC", "eur", "''", "EURO", "E"})
  void whatNobodyPaysInIsRefused(String currency) {
    assertThatThrownBy(() -> new Money("1.00", currency))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("currency");
  }

  @Test
  void sumsAndProductsThatOverflowAreRefused() {
    var most = Money.ofMinor(Long.MAX_VALUE, "EUR");
    assertThatThrownBy(() -> most.plus(Money.ofMinor(1, "EUR")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
    assertThat(Money.ofMinor(399, "EUR").times(3)).isEqualTo(new Money("11.97", "EUR"));
    assertThat(Money.ofMinor(500, "KWD").plus(Money.ofMinor(500, "KWD")))
        .isEqualTo(new Money("1.000", "KWD"));
  }

  @Test
  void currenciesDoNotMix() {
    var euro = new Money("1.00", "EUR");
    var yen = new Money("1", "JPY");
    assertThatThrownBy(() -> euro.plus(yen)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongAmountIsNotRepeatedInFull() {
    var amount = "9".repeat(10_000);
    assertThatThrownBy(() -> new Money(amount, "JPY"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void isTextOnTheWire() {
    var json = JsonMapper.builder().build();
    var money = new Money("12.50", "EUR");
    assertThat(json.writeValueAsString(money))
        .isEqualTo("{\"amount\":\"12.50\",\"currency\":\"EUR\"}");
    assertThat(json.readValue(json.writeValueAsString(money), Money.class)).isEqualTo(money);
  }
}
