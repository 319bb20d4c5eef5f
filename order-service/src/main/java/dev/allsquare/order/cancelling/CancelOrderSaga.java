package dev.allsquare.order.cancelling;

import static dev.allsquare.saga.Step.step;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.saga.Saga;
import dev.allsquare.saga.Step;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How a confirmed order is cancelled: no way back from the start, the money first. */
@Configuration(proxyBeanMethods = false)
class CancelOrderSaga {

  static final String NAME = "CancelOrder";

  @Bean
  Saga<CancellingData> cancelOrderTable(CancellingProperties properties) {
    return table(properties.stepTimeout());
  }

  static Saga<CancellingData> table(Duration timeout) {
    return Saga.named(NAME)
        .version(1)
        .over(CancellingData.class, Orders.REPLIES)
        .retriable(refundPayment().timeout(timeout))
        .retriable(restock().timeout(timeout))
        .build();
  }

  private static Step<CancellingData> refundPayment() {
    return step(
        "refundPayment",
        Payment.COMMANDS,
        RefundPayment.TYPE,
        order -> new RefundPayment(order.orderId()));
  }

  private static Step<CancellingData> restock() {
    return step("restock", Inventory.COMMANDS, Restock.TYPE, order -> new Restock(order.orderId()));
  }
}
