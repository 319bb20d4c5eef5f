package dev.allsquare.order.placing;

import static dev.allsquare.saga.Step.step;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.saga.Saga;
import dev.allsquare.saga.Step;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How an order is placed. Pieces and money are held at once; once the money is captured there is no
 * way back, and the pieces leave the shelf.
 */
@Configuration(proxyBeanMethods = false)
class PlaceOrderSaga {

  static final String NAME = "PlaceOrder";

  /** Once the money is captured, an operator is called later: the pieces can only come. */
  private static final int PATIENCE_AFTER_THE_PIVOT = 10;

  @Bean
  Saga<PlacingData> placeOrderTable(PlacingProperties properties) {
    return table(properties.stepTimeout());
  }

  /** For the sagas that began with it, and for replicas of the last release beside us. */
  @Bean
  Saga<PlacingData> placeOrderTableOfTheLastRelease(PlacingProperties properties) {
    return tableOfTheLastRelease(properties.stepTimeout());
  }

  static Saga<PlacingData> table(Duration timeout) {
    return Saga.named(NAME)
        .version(2)
        .over(PlacingData.class, Orders.REPLIES)
        .inParallel(reserveStock().timeout(timeout), authorizePayment().timeout(timeout))
        .pivot(capturePayment().timeout(timeout))
        .retriable(commitReservation().timeout(timeout.multipliedBy(PATIENCE_AFTER_THE_PIVOT)))
        .build();
  }

  static Saga<PlacingData> tableOfTheLastRelease(Duration timeout) {
    return Saga.named(NAME)
        .version(1)
        .over(PlacingData.class, Orders.REPLIES)
        .inParallel(reserveStock().timeout(timeout), authorizePayment().timeout(timeout))
        .pivot(capturePayment().timeout(timeout))
        .retriable(commitReservation().timeout(timeout))
        .build();
  }

  private static Step<PlacingData> reserveStock() {
    return Step.<PlacingData>step(
            "reserveStock",
            Inventory.COMMANDS,
            ReserveStock.TYPE,
            order -> new ReserveStock(order.orderId(), order.lines()))
        .compensatedBy(
            Inventory.COMMANDS, ReleaseStock.TYPE, order -> new ReleaseStock(order.orderId()));
  }

  private static Step<PlacingData> authorizePayment() {
    return Step.<PlacingData>step(
            "authorizePayment",
            Payment.COMMANDS,
            AuthorizePayment.TYPE,
            order -> new AuthorizePayment(order.orderId(), order.customerId(), order.total()))
        .compensatedBy(
            Payment.COMMANDS, VoidPayment.TYPE, order -> new VoidPayment(order.orderId()));
  }

  private static Step<PlacingData> capturePayment() {
    return step(
        "capturePayment",
        Payment.COMMANDS,
        CapturePayment.TYPE,
        order -> new CapturePayment(order.orderId()));
  }

  private static Step<PlacingData> commitReservation() {
    return step(
        "commitReservation",
        Inventory.COMMANDS,
        CommitReservation.TYPE,
        order -> new CommitReservation(order.orderId()));
  }
}
