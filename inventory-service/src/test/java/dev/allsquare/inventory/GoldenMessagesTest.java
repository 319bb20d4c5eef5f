package dev.allsquare.inventory;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.Product;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReservationChanged;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import dev.allsquare.testing.Golden;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What this service says and hears. */
class GoldenMessagesTest {

  private static final UUID ORDER = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final List<Line> LINES = List.of(new Line("CUP-002", 1), new Line("TEA-001", 3));

  static List<Arguments> messages() {
    return List.of(
        Arguments.of(ReserveStock.TYPE, new ReserveStock(ORDER, LINES)),
        Arguments.of(ReleaseStock.TYPE, new ReleaseStock(ORDER)),
        Arguments.of(CommitReservation.TYPE, new CommitReservation(ORDER)),
        Arguments.of(Restock.TYPE, new Restock(ORDER)),
        Arguments.of(ReservationChanged.TYPE, new ReservationChanged(ORDER, "HELD", LINES, 1)),
        Arguments.of(
            Product.TYPE, new Product("TEA-001", "Green tea", new Money("12.50", "EUR"), 7)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsWrittenAndReadAsItAlwaysWas(String type, Object message) {
    Golden.check(type, message);
  }
}
