package dev.allsquare.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What order-service holds its orders against. */
@InventoryTest
class ReservationStatesTest {

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;

  @Test
  void areListedInTheOrderOfTheOrders() {
    var tea = warehouse.product(10);
    var orders =
        Stream.of(Order.next(), Order.next())
            .sorted(Comparator.comparing(order -> order.id().toString()))
            .toList();
    orders.forEach(order -> sagas.poll(order.reserve(new Line(tea, 3))));
    sagas.poll(orders.getLast().commit());

    var found =
        rest.get("/reservation-states?after=" + orders.getFirst().id() + "&limit=1").is(200).json();

    assertThat(found.path("items").path(0).toString())
        .isEqualTo("{\"orderId\":\"%s\",\"state\":\"COMMITTED\"}".formatted(orders.getLast().id()));
    assertThat(found.path("items")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?after=x", "?limit=3"})
  void needAnOrderToBeginAt(String query) {
    rest.get("/reservation-states" + query).isProblem(400, "invalid-parameter");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1001})
  void areNeitherNoneNorTooMany(int limit) {
    rest.get("/reservation-states?after=00000000-0000-7000-8000-000000000000&limit=" + limit)
        .isProblem(400, "invalid-value");
  }
}
