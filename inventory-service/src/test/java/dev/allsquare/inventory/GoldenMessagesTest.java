package dev.allsquare.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.contract.inventory.Line;
import dev.allsquare.contract.inventory.Product;
import dev.allsquare.contract.inventory.ReleaseStock;
import dev.allsquare.contract.inventory.ReservationChanged;
import dev.allsquare.contract.inventory.ReserveStock;
import dev.allsquare.contract.inventory.Restock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The messages of this service, byte for byte: who changes one breaks services that are running.
 */
class GoldenMessagesTest {

  private static final JsonMapper JSON = new JsonMapper();
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
  void aMessageIsWrittenAsItAlwaysWas(String type, Object message) throws IOException {
    assertThat(JSON.writeValueAsString(message)).isEqualTo(golden(type));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItAlwaysWas(String type, Object message) throws IOException {
    assertThat((Object) JSON.readValue(golden(type), message.getClass())).isEqualTo(message);
  }

  private static String golden(String type) throws IOException {
    var name = "/golden/" + type + ".json";
    try (var file =
        Objects.requireNonNull(GoldenMessagesTest.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
