package dev.allsquare.order.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.Money;
import dev.allsquare.order.domain.OrderStatus;
import dev.allsquare.order.reconciling.Case.Known;
import dev.allsquare.order.reconciling.Records.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StretchTest {

  /** Signed and unsigned comparison differ at the last. */
  private static final List<UUID> IDS =
      List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, -1));

  @Test
  void endsWhereTheFirstFullPageEnds() {
    var stretch = Stretch.of(orders(0, 1, 2), entries(0, 2, 3), entries(0, 1), 3);

    assertThat(stretch.end()).contains(IDS.get(2));
    assertThat(stretch.cases()).containsOnlyKeys(IDS.subList(0, 3));
  }

  @Test
  void takesAllOfPagesThatAreNotFull() {
    var stretch = Stretch.of(orders(0, 1), entries(3), entries(2), 3);

    assertThat(stretch.end()).isEmpty();
    assertThat(stretch.cases()).containsOnlyKeys(IDS);
    assertThat(stretch.suspects()).containsExactlyElementsOf(IDS);
  }

  @Test
  void bringsTogetherWhatBelongsToOneOrder() {
    var stretch = Stretch.of(orders(1), entries(1), entries(2), 3);

    assertThat(stretch.cases().get(IDS.get(1)))
        .isEqualTo(new Case(orders(1).getFirst(), entries(1).getFirst(), null));
  }

  private static List<Known> orders(int... which) {
    return Arrays.stream(which)
        .mapToObj(i -> new Known(IDS.get(i), OrderStatus.CONFIRMED, new Money("1.00", "EUR"), 2))
        .toList();
  }

  private static List<Entry> entries(int... which) {
    return Arrays.stream(which).mapToObj(i -> new Entry(IDS.get(i), "HELD", null)).toList();
  }
}
