package dev.allsquare.order.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.Money;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.reconciling.Case.Known;
import dev.allsquare.order.reconciling.Records.Entry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseTest {

  private static final UUID ID = UUID.randomUUID();
  private static final Money PRICE = new Money("12.50", "EUR");

  @ParameterizedTest
  @CsvSource({
    "CONFIRMED, CAPTURED, COMMITTED",
    "REJECTED, , ",
    "REJECTED, DECLINED, RELEASED",
    "REJECTED, VOIDED, ",
    "CANCELLED, REFUNDED, RESTOCKED",
    "CANCELLED, VOIDED, RELEASED",
    "CANCELLED, , ",
    // A saga is at work: nobody knows how far.
    "PENDING, AUTHORIZED, ",
    "PENDING, , HELD",
    "CANCELLING, REFUNDED, COMMITTED",
    ", , "
  })
  void whatBelongsTogether(
      @Nullable OrderStatus order, @Nullable String payment, @Nullable String reservation) {
    assertThat(of(order == null ? OrderStatus.PENDING : order, payment, reservation).complaint())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIRMED, , COMMITTED",
    "CONFIRMED, CAPTURED, ",
    "CONFIRMED, AUTHORIZED, COMMITTED",
    "CONFIRMED, REFUNDED, RESTOCKED",
    "REJECTED, AUTHORIZED, RELEASED",
    "REJECTED, CAPTURED, COMMITTED",
    "REJECTED, VOIDED, HELD",
    "CANCELLED, CAPTURED, COMMITTED",
    "CANCELLED, REFUNDED, COMMITTED",
    "CANCELLED, REFUNDED, ",
    "CANCELLED, , RESTOCKED",
    ", CAPTURED, ",
    ", , HELD"
  })
  void whatDoesNot(
      @Nullable OrderStatus order, @Nullable String payment, @Nullable String reservation) {
    assertThat(of(order, payment, reservation).complaint())
        .hasValueSatisfying(
            what ->
                assertThat(what)
                    .contains(
                        "payment: " + (payment == null ? "none" : payment),
                        "reservation: " + (reservation == null ? "none" : reservation)));
  }

  @ParameterizedTest
  @CsvSource({"12.49, EUR", "12.50, USD"})
  void anotherPriceThanTheOrders(String amount, String currency) {
    var paid = new Entry(ID, "CAPTURED", new Money(amount, currency));
    var held = new Entry(ID, "COMMITTED", null);
    assertThat(new Case(known(OrderStatus.CONFIRMED), paid, held).complaint())
        .contains("payment: CAPTURED of " + amount + " " + currency + ", reservation: COMMITTED");
  }

  private static Case of(
      @Nullable OrderStatus order, @Nullable String payment, @Nullable String reservation) {
    return new Case(
        order == null ? null : known(order),
        payment == null ? null : new Entry(ID, payment, PRICE),
        reservation == null ? null : new Entry(ID, reservation, null));
  }

  private static Known known(OrderStatus status) {
    return new Known(ID, status, PRICE, 2);
  }
}
