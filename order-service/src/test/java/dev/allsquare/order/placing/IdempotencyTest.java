package dev.allsquare.order.placing;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.StubInventory;
import dev.allsquare.testing.Rest.Answer;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class IdempotencyTest {

  @Autowired private OrderClient client;
  @Autowired private JdbcClient jdbc;

  @Test
  void theSameKeyFiftyTimesInParallelMakesOneOrder() throws Exception {
    var key = key();
    var answers = new ArrayList<Answer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> post = () -> client.post(order("ida", "TEA-001"), key);
      for (var answer : threads.invokeAll(nCopies(50, post))) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).extracting(Answer::id).containsOnly(answers.getFirst().id());
    assertThat(ordersOf("ida")).isEqualTo(1);
  }

  @Test
  void aRepeatAnswersTheOrderInItsCurrentState() {
    var key = key();
    var first = client.post(order("jan", "TEA-001"), key, "Prefer", "wait=20").is(201);

    var quoted = client.post(order("jan", "TEA-001"), "\"" + key + "\"", "Prefer", "wait=20");
    var bare = client.post(order("jan", "TEA-001"), key);

    assertThat(quoted.is(201).id()).isEqualTo(first.id());
    assertThat(bare.is(202).id()).isEqualTo(first.id());
    assertThat(bare.text("status")).isEqualTo("CONFIRMED");
  }

  @Test
  void whiteSpaceMakesNoOtherRequest() {
    var key = key();
    var first = client.post(order("jim", "TEA-001"), key).is(202);

    var again = client.post(order("jim", "TEA-001").replace(",", " ,\n "), key).is(202);

    assertThat(again.id()).isEqualTo(first.id());
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    var key = key();
    client.post(order("joe", "TEA-001"), key).is(202);

    client.post(order("joe", "CUP-002"), key).isProblem(422, "idempotency-key-reused");
    assertThat(ordersOf("joe")).isEqualTo(1);
  }

  @Test
  void aKeyBelongsToItsCustomer() {
    var key = key();
    var kim = client.post(order("kim", "TEA-001"), key).is(202);
    var ken = client.post(order("ken", "TEA-001"), key).is(202);

    assertThat(kim.id()).isNotEqualTo(ken.id());
  }

  @Test
  void aRequestWithoutAKeyIsRefused() {
    assertThat(client.post(order("leo", "TEA-001"), null).status()).isEqualTo(400);
    assertThat(ordersOf("leo")).isZero();
  }

  @Test
  void aRefusedRequestConsumesNoKey() {
    var key = key();
    client.post(order("lou", "SOON-1"), key).isProblem(422, "product-unknown");
    StubInventory.sells("SOON-1", "1.00", "EUR");

    client.post(order("lou", "SOON-1"), key).is(202);
  }

  @Test
  void aRepeatIsAnsweredEvenWhenThePriceWouldForbidTheOrderToday() {
    var key = key();
    StubInventory.sells("RISING-1", "1.00", "EUR");
    var body =
        "{\"customerId\":\"mia\",\"lines\":[{\"sku\":\"RISING-1\",\"quantity\":10}],"
            + "\"payment\":{\"method\":\"wallet\"}}";
    var first = client.post(body, key).is(202);
    jdbc.sql("update product set price_minor = ? where sku = 'RISING-1'")
        .param(Long.MAX_VALUE)
        .update();

    assertThat(client.post(body, key).is(202).id()).isEqualTo(first.id());
    client.post(body, key()).isProblem(422, "total-too-large");
  }

  private long ordersOf(String customer) {
    return jdbc.sql("select count(*) from orders where customer_id = ?")
        .param(customer)
        .query(Long.class)
        .single();
  }
}
