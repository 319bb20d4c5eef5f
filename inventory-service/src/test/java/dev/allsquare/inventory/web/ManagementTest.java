package dev.allsquare.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.contract.inventory.Line;
import dev.allsquare.inventory.InventoryTest;
import dev.allsquare.inventory.Order;
import dev.allsquare.inventory.Warehouse;
import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Sagas;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@InventoryTest
class ManagementTest {

  @Autowired Rest rest;
  @Autowired Warehouse warehouse;
  @Autowired Sagas sagas;
  @Autowired JdbcClient jdbc;

  @Test
  void livenessLooksAtNeitherTheDatabaseNorTheLog() {
    assertThat(rest.actuator("health/liveness").path("status").asString()).isEqualTo("UP");
    assertThat(rest.actuator("health/readiness").path("status").asString()).isEqualTo("UP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "info", "outbox", "deadletters", "consistency"})
  void anOperatorMayAsk(String endpoint) {
    assertThat(rest.actuator(endpoint).isObject()).isTrue();
  }

  @Test
  void theInterfacesAreDescribed() {
    var openApi = rest.get("/openapi").is(200).json();
    assertThat(openApi.path("openapi").asString()).startsWith("3.1");
    assertThat(openApi.path("paths").propertyNames())
        .containsExactlyInAnyOrder(
            "/products",
            "/products/{sku}",
            "/products/{sku}/adjustments",
            "/reservations",
            "/reservation-states");
    assertThat(rest.get("/asyncapi.yaml").is(200).body()).startsWith("asyncapi: 3.");
  }

  @Test
  void booksThatBalanceAreConsistent() {
    var tea = warehouse.product(10);
    var committed = Order.next();
    var restocked = Order.next();
    sagas.handle(
        List.of(
            Order.next().reserve(new Line(tea, 1)),
            committed.reserve(new Line(tea, 2)),
            committed.commit(),
            restocked.reserve(new Line(tea, 3)),
            restocked.commit(),
            restocked.restock()));
    assertThat(warehouse.stock(tea)).isEqualTo("8/1");
    assertThat(violationOf(tea)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update stock set on_hand = on_hand + 1 where sku = ?",
        "update stock set reserved = reserved - 1 where sku = ?",
        "update adjustment set quantity = quantity + 1 where sku = ?",
        "update reservation set state = 'RELEASED' where lines @> jsonb_build_array(jsonb_build_object('sku', ?::text))"
      })
  void aShelfThatIsNotSquareIsNamed(String sabotage) {
    var tea = warehouse.product(10);
    sagas.handle(List.of(Order.next().reserve(new Line(tea, 4))));
    assertThat(violationOf(tea)).isEmpty();

    jdbc.sql(sabotage).param(tea).update();

    assertThat(violationOf(tea)).isNotEmpty();
    jdbc.sql("update stock set on_hand = 10, reserved = 4 where sku = ?").param(tea).update();
    jdbc.sql("update adjustment set quantity = 10 where sku = ?").param(tea).update();
    jdbc.sql(
            "update reservation set state = 'HELD' where lines @> jsonb_build_array(jsonb_build_object('sku', ?::text))")
        .param(tea)
        .update();
    assertThat(violationOf(tea)).isEmpty();
  }

  private String violationOf(String sku) {
    return rest.actuator("consistency")
        .path("violations")
        .valueStream()
        .filter(violation -> violation.path("sku").asString().equals(sku))
        .map(Object::toString)
        .findFirst()
        .orElse("");
  }
}
