package dev.allsquare.order.web;

import static dev.allsquare.order.OrderClient.key;
import static dev.allsquare.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
class OrderWatchTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Autowired private OrderClient client;
  @Autowired private OrderWatch watches;
  @Autowired private JdbcClient jdbc;

  @Test
  void whatNobodyHereSignalledIsFoundByThePoll() {
    var id = client.post(order("quin", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();
    try (var watch = watches.watch(id)) {
      assertThat(watch.newerThan(2, SHORT)).isFalse();

      jdbc.sql("update orders set version = 3 where id = ?").param(id).update();

      assertThat(watch.newerThan(2, LONG)).isTrue();
    } finally {
      jdbc.sql("update orders set version = 2 where id = ?").param(id).update();
    }
  }

  @Test
  void whoBeginsToWatchTooLateForTheSignalIsToldByThePoll() {
    var id = client.post(order("quid", "TEA-001"), key(), "Prefer", "wait=20").is(201).id();

    try (var watch = watches.watch(id)) {
      assertThat(watch.newerThan(1, LONG)).isTrue();
    }
  }
}
