package dev.allsquare.order;

import static java.util.Map.entry;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.Product;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.contract.order.OrderChanged;
import dev.allsquare.contract.order.Orders;
import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.message.Reply;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.domain.Reason;
import dev.allsquare.testing.AsyncApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document against the code: topics, types, fields. */
class AsyncApiTest {

  private static final Map<String, Class<? extends Record>> BODIES =
      Map.ofEntries(
          entry(OrderChanged.TYPE, OrderChanged.class),
          entry(ReserveStock.TYPE, ReserveStock.class),
          entry(ReleaseStock.TYPE, ReleaseStock.class),
          entry(CommitReservation.TYPE, CommitReservation.class),
          entry(Restock.TYPE, Restock.class),
          entry(AuthorizePayment.TYPE, AuthorizePayment.class),
          entry(CapturePayment.TYPE, CapturePayment.class),
          entry(VoidPayment.TYPE, VoidPayment.class),
          entry(RefundPayment.TYPE, RefundPayment.class),
          entry(Product.TYPE, Product.class),
          entry(Reply.TYPE, Reply.class));

  private final AsyncApi document = new AsyncApi();

  @Test
  void itNamesTheTopicsAndTheyAreCreated() {
    document.hasTopics(
        Orders.EVENTS, Orders.REPLIES, Inventory.COMMANDS, Inventory.PRODUCTS, Payment.COMMANDS);
  }

  @Test
  void itNamesEveryMessageAndItsFields() {
    document.hasMessages(BODIES);
    document.hasFieldsOf(Line.class);
    document.hasFieldsOf(Money.class);
  }

  @Test
  void itNamesEveryState() {
    document.hasValues(OrderChanged.class, "status", OrderStatus.values());
    document.hasValues(OrderChanged.class, "reason", Reason.values());
  }
}
