package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("anywhere")
@ExtendWith(WholeSystem.class)
class MoneyTest {

  private static final String ALMOST_TOO_MUCH = "92233720368547758.07 EUR";

  @ParameterizedTest
  @CsvSource({
    "12.50 EUR, 100.00 EUR, 37.50 EUR, 62.50 EUR",
    "1200 JPY, 10000 JPY, 3600 JPY, 6400 JPY",
    "0.505 KWD, 10.000 KWD, 1.515 KWD, 8.485 KWD"
  })
  void everyCurrencyIsCountedInItsOwnDigits(
      String price, String deposit, String total, String left, Scene scene) {
    var tea = scene.product(price, 10);
    var alice = scene.customer(deposit);

    var order = alice.orders(tea.times(3)).becomes("CONFIRMED");

    assertThat(Amount.of(order.now().path("total"))).hasToString(total);
    alice.has(left);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5 EUR",
        "1 EUR",
        "1.500 EUR",
        "1.0 JPY",
        "1.00 KWD",
        "1.00 XXX",
        "1.00 eur",
        "1.00 EURO",
        "0.00 EUR",
        "-1.00 EUR"
      })
  void aDepositOfOtherDigitsOrOfNothingIsRefused(String amount, Scene scene) {
    var alice = scene.customer();
    var rows = new RowCounts(scene);

    var answer = scene.api().deposit(alice.id(), Amount.of(amount));

    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5 EUR", "1.0 JPY", "1.00 KWD", "1.00 XXX", "-1.00 EUR"})
  void aPriceOfOtherDigitsIsRefused(String price, Scene scene) {
    var rows = new RowCounts(scene);

    var answer = scene.api().putProduct(scene.unknownSku(), "a thing", Amount.of(price));

    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
  }

  @Test
  void anOrderWhoseTotalNoNumberHoldsIsRefused(Scene scene) {
    var palace = scene.product(ALMOST_TOO_MUCH, 10);
    var alice = scene.customer("100.00 EUR");
    var rows = new RowCounts(scene);

    var answer = alice.asksFor(palace.times(2));

    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
  }

  @Test
  void aDepositThatTheWalletCannotHoldIsRefused(Scene scene) {
    var midas = scene.customer(ALMOST_TOO_MUCH);
    var rows = new RowCounts(scene);

    var answer = scene.api().deposit(midas.id(), Amount.of("0.01 EUR"));

    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
    midas.has(ALMOST_TOO_MUCH);
  }

  @Test
  void linesOfTwoCurrenciesAreNoOrder(Scene scene) {
    var tea = scene.product("12.50 EUR", 10);
    var mat = scene.product("1200 JPY", 10);
    var alice = scene.customer("100.00 EUR", "10000 JPY");
    var rows = new RowCounts(scene);

    var answer = alice.asksFor(tea.times(1), mat.times(1));

    assertThat(answer.isProblem()).as(answer.toString()).isTrue();
    rows.areWhatTheyWere();
  }
}
