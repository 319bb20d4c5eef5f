package dev.allsquare.payment.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.payment.Bank;
import dev.allsquare.payment.WholeService;
import dev.allsquare.testing.Rest;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@WholeService
class WalletsTest {

  @Autowired private Rest rest;
  @Autowired private Bank bank;
  @Autowired private JdbcTemplate jdbc;

  @Test
  void depositsAddUpPerCurrency() {
    var alice = bank.customer("12.50 EUR", "1200 JPY", "0.500 KWD");
    var answer = bank.deposit(alice, "0.50 EUR").is(201);
    assertThat(answer.json().path("customerId").asString()).isEqualTo(alice);
    assertThat(answer.json().path("balances").path(0).toString())
        .isEqualTo(
            "{\"available\":{\"amount\":\"13.00\",\"currency\":\"EUR\"},"
                + "\"held\":{\"amount\":\"0.00\",\"currency\":\"EUR\"}}");
    assertThat(bank.wallet(alice)).isEqualTo("13.00+0.00 EUR, 1200+0 JPY, 0.500+0.000 KWD");
    bank.auditsClean();
  }

  @Test
  void aWalletCanBeOpenedEmptyAndOpeningItAgainChangesNothing() {
    var carol = "carol-" + UUID.randomUUID();
    rest.get("/wallets/" + carol).isProblem(404, "wallet-unknown");

    rest.call("PUT", "/wallets/" + carol + "/balances/EUR", null).is(201);
    assertThat(bank.wallet(carol)).isEqualTo("0.00+0.00 EUR");
    assertThat(rest.get("/wallets/" + carol + "/entries").is(200).json().path("items")).isEmpty();

    bank.deposit(carol, "2.00 EUR").is(201);
    rest.call("PUT", "/wallets/" + carol + "/balances/EUR", null).is(200);
    rest.call("PUT", "/wallets/" + carol + "/balances/JPY", null).is(201);
    assertThat(bank.wallet(carol)).isEqualTo("2.00+0.00 EUR, 0+0 JPY");
    bank.auditsClean();
  }

  @ParameterizedTest
  @ValueSource(strings = {"XXX", "eur", "EU", "EURO", "%20"})
  void aWalletOfNoCurrencyIsRefused(String currency) {
    int before = rows();
    rest.call("PUT", "/wallets/carol/balances/" + currency, null).isProblem(400, "invalid-value");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void whoCannotReadTheAnswerDepositsNothing() {
    var alice = bank.customer("12.50 EUR");
    var answer =
        rest.post(
            "/wallets/" + alice + "/deposits",
            "{\"amount\":\"1.00\",\"currency\":\"EUR\"}",
            "Idempotency-Key",
            "unreadable",
            "Accept",
            "application/xml");
    assertThat(answer.status()).isEqualTo(406);
    assertThat(bank.wallet(alice)).isEqualTo("12.50+0.00 EUR");
  }

  @Test
  void fiftyTimesTheSameKeyAtOnceIsOneDeposit() throws Exception {
    var alice = "alice-" + UUID.randomUUID();
    var work = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 50; i++) {
      work.add(() -> bank.deposit(alice, "10.00 EUR", "the-same-key").status());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isIn(201, 409);
      }
    }
    assertThat(bank.wallet(alice)).isEqualTo("10.00+0.00 EUR");
    bank.deposit(alice, "10.00 EUR", "\"the-same-key\"").is(201);
    assertThat(bank.wallet(alice)).isEqualTo("10.00+0.00 EUR");
    bank.auditsClean();
  }

  @Test
  void fiftyDepositsAtOnceIntoAWalletNobodyOpenedYetAddUp() throws Exception {
    var alice = "alice-" + UUID.randomUUID();
    var work = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 50; i++) {
      work.add(() -> bank.deposit(alice, "0.01 EUR").status());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(201);
      }
    }
    assertThat(bank.wallet(alice)).isEqualTo("0.50+0.00 EUR");
  }

  @Test
  void theSameKeyForAnotherAmountIsRefused() {
    var alice = bank.customer();
    bank.deposit(alice, "1.00 EUR", "k").is(201);
    bank.deposit(alice, "2.00 EUR", "k").isProblem(422, "idempotency-key-reused");
    bank.deposit(bank.customer(), "2.00 EUR", "k").is(201);
    assertThat(bank.wallet(alice)).isEqualTo("1.00+0.00 EUR");
  }

  @Test
  void sumsThatOverflowAreRefusedAndConsumeNoKey() {
    var alice = bank.customer("92233720368547758.06 EUR");
    bank.deposit(alice, "0.02 EUR", "k").isProblem(422, "wallet-full");
    bank.deposit(alice, "0.01 EUR", "k").is(201);
    assertThat(bank.wallet(alice)).isEqualTo("92233720368547758.07+0.00 EUR");
    bank.auditsClean();
  }

  @Test
  void theStatementIsPagedNewestFirst() {
    var alice = bank.customer("1.00 EUR", "2.00 EUR", "3 JPY");
    var first = rest.get("/wallets/" + alice + "/entries?limit=2").is(200).json();
    assertThat(first.path("items").valueStream().map(Bank::entry))
        .containsExactly("DEPOSIT AVAILABLE 3", "DEPOSIT AVAILABLE 2.00");
    var rest2 =
        rest.get("/wallets/" + alice + "/entries?limit=2&after=" + first.path("next").asString())
            .is(200)
            .json();
    assertThat(rest2.path("items").valueStream().map(Bank::entry))
        .containsExactly("DEPOSIT AVAILABLE 1.00");
    assertThat(rest2.has("next")).isFalse();
  }

  @Test
  void whatIsBookedStaysBooked() {
    bank.customer("1.00 EUR");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> jdbc.update("update ledger_entry set minor = minor"))
        .hasMessageContaining("never changed");
  }

  @ParameterizedTest
  @CsvSource({
    "/wallets/nobody, 404, wallet-unknown",
    "/wallets/nobody/entries, 404, wallet-unknown",
    "/wallets/a%20b, 400, invalid-value",
    "/wallets/-a, 400, invalid-value",
    "/wallets/%C3%BC, 400, invalid-value",
    "/wallets/nobody/entries?after=x, 400, invalid-cursor",
    "/wallets/nobody/entries?limit=0, 400, invalid-value",
    "/wallets/nobody/entries?limit=101, 400, invalid-value",
    "/wallets/nobody/entries?limit=1.5, 400, invalid-parameter",
    "/payments, 400, invalid-parameter",
    "/payments?orderId=x, 400, invalid-parameter",
    "/payments/x, 400, invalid-parameter",
    "/payments?orderId=00000000-0000-7000-8000-000000000000, 404, payment-unknown",
    "/payments/00000000-0000-7000-8000-000000000000, 404, payment-unknown",
    "/nothing, 404, unknown-path"
  })
  void whatNobodyHasOrAsksWronglyIsAProblem(String path, int status, String type) {
    rest.get(path).isProblem(status, type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amount\":\"1.00\"}",
        "{\"currency\":\"EUR\"}",
        "{\"amount\":null,\"currency\":\"EUR\"}",
        "{\"amount\":\"1.00\",\"currency\":null}",
        "{\"amount\":\"1.00\",\"currency\":\"EUR\",\"x\":1}",
        "{\"amount\":\"1.00\",\"currency\":\"EUR\"} {}",
        "{\"amount\":\"1.00\",\"amount\":\"2.00\",\"currency\":\"EUR\"}",
        "{\"amount\":1.00,\"currency\":\"EUR\"}",
        "{\"amount\":1e309,\"currency\":\"EUR\"}",
        "{\"amount\":\"1e309\",\"currency\":\"EUR\"}",
        "{\"amount\":\"0.00\",\"currency\":\"EUR\"}",
        "{\"amount\":\"-1.00\",\"currency\":\"EUR\"}",
        "{\"amount\":\"1.0\",\"currency\":\"EUR\"}",
        "{\"amount\":\"1\",\"currency\":\"EUR\"}",
        "{\"amount\":\"1.00\",\"currency\":\"JPY\"}",
        "{\"amount\":\"1.00\",\"currency\":\"KWD\"}",
        "{\"amount\":\"9223372036854775808\",\"currency\":\"JPY\"}",
        "{\"amount\":\"1.00\",\"currency\":\"XXX\"}",
        "{\"amount\":\"1.00\",\"currency\":\"eur\"}",
        "{\"amount\":\"1.00\",\"currency\":\"EU\\u0000\"}",
        "{\"amount\":\"1.00\\u0000\",\"currency\":\"EUR\"}"
      })
  void aBadDepositIsRefusedAndWritesNothing(String body) {
    var path = "/wallets/bad-" + UUID.randomUUID() + "/deposits";
    int before = rows();
    var answer = rest.post(path, body, "Idempotency-Key", "k");
    answer.is(400).isRefused();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void formsAndUploadsAreRefusedBeforeAnybodyParsesThem() {
    var path = "/wallets/alice/deposits";
    rest.put(path, "%", "Content-Type", "application/x-www-form-urlencoded").is(405).isRefused();
    rest.post(path, "%", "Content-Type", "multipart/form-data; boundary=x").is(415).isRefused();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.allsquare.testing.BrokenJson#documents")
  void noBodyOfAnyKindIsADeposit(String name, String body) {
    int before = rows();
    rest.post("/wallets/alice/deposits", body, "Idempotency-Key", "k").isRefused();
    assertThat(rows()).as(name).isEqualTo(before);
  }

  @Test
  void aDepositWithoutKeyOrOfAnotherTypeOrByAnotherMethodIsRefused() {
    var path = "/wallets/alice/deposits";
    var money = Bank.money("1.00 EUR");
    rest.post(path, money).isProblem(400, "invalid-idempotency-key");
    rest.post(path, money, "Idempotency-Key", "k".repeat(256))
        .isProblem(400, "invalid-idempotency-key");
    rest.post(path, money, "Idempotency-Key", "k", "Content-Type", "text/plain")
        .isProblem(415, "unsupported-media-type");
    rest.call("PUT", path, money).isProblem(405, "method-not-allowed");
    rest.post(path, " ".repeat(10_000_000) + money, "Idempotency-Key", "k")
        .isProblem(413, "body-too-large");
    rest.post("/wallets/" + "a".repeat(101) + "/deposits", money, "Idempotency-Key", "k")
        .isProblem(400, "invalid-value");
  }

  @Test
  void theServiceDescribesItself() {
    var openapi = rest.get("/openapi").is(200).json();
    assertThat(openapi.path("openapi").asString()).startsWith("3.1");
    assertThat(openapi.path("paths").propertyNames())
        .contains(
            "/wallets/{customerId}/deposits",
            "/wallets/{customerId}/balances/{currency}",
            "/payment-states",
            "/payments",
            "/payments/{id}");
    assertThat(rest.get("/asyncapi.yaml").is(200).body()).contains("payment.commands");
    assertThat(rest.actuator("health/liveness").path("status").asString()).isEqualTo("UP");
    assertThat(rest.actuator("health/readiness").path("status").asString()).isEqualTo("UP");
  }

  private int rows() {
    var count =
        jdbc.queryForObject(
            """
            select (select count(*) from wallet) + (select count(*) from ledger_entry)
              + (select count(*) from idempotency_key) + (select count(*) from payment)
            """,
            Integer.class);
    return count == null ? 0 : count;
  }
}
