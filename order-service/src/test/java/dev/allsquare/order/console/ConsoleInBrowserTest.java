package dev.allsquare.order.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.allsquare.contract.inventory.CommitReservation;
import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import dev.allsquare.order.OrderClient;
import dev.allsquare.order.OrderServiceTest;
import dev.allsquare.order.ScriptedParticipants.Script;
import dev.allsquare.order.StubManagement;
import dev.allsquare.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An operator finds out what is stuck and mends it, in a real browser. */
@OrderServiceTest
class ConsoleInBrowserTest {

  @Autowired private Environment environment;
  @Autowired private OrderClient orders;
  @Autowired private Script script;
  @Autowired private Outbox outbox;
  @Autowired private TransactionTemplate transactions;
  @Autowired private JdbcClient jdbc;

  private Browser browser;

  @BeforeEach
  void open() {
    assumeTrue(
        Browser.isThere(),
        "There is no Chromium with its driver: apt-get install chromium chromium-driver");
    browser = browser();
  }

  @AfterEach
  void close() {
    StubManagement.PAYMENT.up(true);
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aParkedSagaIsFoundUnderstoodAndRepairedAndItsOrderEnds() {
    var order = parked("console-ann");
    browser.open("/console/sagas").type("key", order.toString()).click(".search .primary");
    browser.seeText("#found", "SHELF_COLLAPSED");
    browser.picture("sagas");
    browser.click("#found a");
    browser.seeText("#why", "commitReservation was refused: SHELF_COLLAPSED");
    browser.seeText(".is-stuck", "commitReservation");
    browser.picture("saga-parked");

    script.mend("console-ann", CommitReservation.TYPE);
    browser.type("actor", "ann").type("why", "the shelf stands again").click("#repair .primary");

    browser.seeText("#state", "completed");
    browser.picture("saga-completed");
    await().until(() -> orders.statusOf(order).equals("CONFIRMED"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void manyAreRepairedAfterADryRun() {
    var first = parked("console-bob");
    var second = parked("console-bob");
    script.mend("console-bob", CommitReservation.TYPE);
    browser.open("/console/sagas?state=PARKED&reason=SHELF_COLLAPSED");
    browser.type("actor", "bob").type("why", "the shelf stands again").click(".act .primary");
    assertThat(Integer.parseInt(browser.see("#count").getText())).isGreaterThanOrEqualTo(2);
    assertThat(orders.statusOf(first)).isEqualTo("PENDING");
    browser.picture("dryrun");

    browser.click("#confirm");

    browser.seeText("#progress", "ended");
    browser.picture("job");
    await().until(() -> orders.statusOf(first).equals("CONFIRMED"));
    await().until(() -> orders.statusOf(second).equals("CONFIRMED"));
  }

  @Test
  void ofTwoOperatorsOneIsToldThatTheOtherWasFaster() {
    var order = parked("console-two");
    var saga = "/console/sagas/" + sagaOf(order);
    try (var other = browser()) {
      other.open(saga).type("actor", "bob").type("why", "me, too");
      browser.open(saga).type("actor", "ann").type("why", "I was first").click("#repair .primary");
      browser.seeText("main", "I was first");
      await().until(() -> stateOf(order).equals("PARKED")); // refused once more
      other.click("#repair .primary");
      other.seeText("#trouble", "Nothing was done. The saga is at version");
      other.picture("saga-conflict");
    }
    assertThat(repairsOf(order)).isOne();
  }

  @Test
  void aDeadLetterIsRedriven() {
    var broken = broken();
    await().until(() -> letters(broken.id()) == 1);
    browser.open("/console/deadletters");
    browser.picture("deadletters");
    browser.click("#letters-order-service tbody a");
    browser.seeText("main", broken.id().toString());
    browser.picture("deadletter");
    var seq = browser.path().replaceFirst(".*/", "");

    browser.type("actor", "ann").type("why", "the catalogue is mended").click(".act .primary");

    browser.seeText("h1", "Dead letters");
    await().until(() -> audited("deadletter.redrive", seq) == 1);
  }

  @Test
  void aServiceThatIsDownIsNamedAndTheRestIsShown() {
    StubManagement.PAYMENT.up(false);
    browser.open("/console");
    browser.seeText("#service-payment-service", "payment-service does not answer");
    browser.seeText("#service-inventory-service", "2 waiting");
    browser.picture("overview-service-down");
    browser.open("/console/deadletters");
    browser.seeText("#letters-payment-service", "does not answer");
    StubManagement.PAYMENT.up(true);
    browser.open("/console");
    browser.seeText("#service-payment-service", "2 waiting"); // fetched again, not loaded again
    browser.picture("overview");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void definitionsAndReconciliationAreShown() {
    browser.open("/console/definitions");
    browser.seeText("main", "capturePayment");
    browser.picture("definitions");
    browser.open("/console/reconciliation");
    browser.seeText("main", "inventory-service");
    browser.picture("reconciliation");
    assertThat(browser.complaints()).isEmpty();
  }

  private Browser browser() {
    return new Browser(
        "http://localhost:" + environment.getRequiredProperty("local.management.port"));
  }

  private UUID parked(String customer) {
    script.refuse(customer, CommitReservation.TYPE, "SHELF_COLLAPSED");
    var order = orders.place(customer);
    await().until(() -> stateOf(order).equals("PARKED"));
    return order;
  }

  private Message broken() {
    var now = Instant.now();
    var message =
        new Message(
            Uuid7.next(now),
            "order.replies",
            "TEA-999",
            "inventory.nonsense.v1",
            "inventory-service",
            "TEA-999",
            now,
            "{}",
            null,
            null,
            null);
    transactions.executeWithoutResult(_ -> outbox.append(List.of(message)));
    return message;
  }

  private String stateOf(UUID order) {
    return jdbc.sql("select coalesce(max(state), '') from saga where business_key = ?")
        .param(order.toString())
        .query(String.class)
        .single();
  }

  private String sagaOf(UUID order) {
    return jdbc.sql("select id::text from saga where business_key = ?")
        .param(order.toString())
        .query(String.class)
        .single();
  }

  private long repairsOf(UUID order) {
    return count("select count(*) from operator_audit where subject = ?", sagaOf(order));
  }

  private long letters(UUID message) {
    return count("select count(*) from dead_letter where id = ?::uuid", message.toString());
  }

  private long audited(String action, String subject) {
    return count(
        "select count(*) from operator_audit where action = '" + action + "' and subject = ?",
        subject);
  }

  private long count(String sql, String parameter) {
    return jdbc.sql(sql).param(parameter).query(Long.class).single();
  }
}
