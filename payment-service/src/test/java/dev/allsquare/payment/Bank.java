package dev.allsquare.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.testing.Rest;
import dev.allsquare.testing.Rest.Answer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Customers, their wallets and their payments, as callers see them. */
public record Bank(Rest rest) {

  /** A new customer with these amounts, such as {@code 12.50 EUR}; returns the id. */
  public String customer(String... amounts) {
    var customer = "customer-" + UUID.randomUUID();
    for (var amount : amounts) {
      deposit(customer, amount).is(201);
    }
    return customer;
  }

  public Answer deposit(String customer, String amount) {
    return deposit(customer, amount, UUID.randomUUID().toString());
  }

  public Answer deposit(String customer, String amount, String key) {
    return rest.post("/wallets/" + customer + "/deposits", money(amount), "Idempotency-Key", key);
  }

  /** An amount such as {@code 12.50 EUR} as JSON. */
  public static String money(String amount) {
    var parts = amount.split(" ", 2);
    return "{\"amount\":\"%s\",\"currency\":\"%s\"}".formatted(parts[0], parts[1]);
  }

  /** What a customer has, as {@code 10.00+2.50 EUR, 100+0 JPY}: available and held. */
  public String wallet(String customer) {
    return rest.get("/wallets/" + customer)
        .is(200)
        .json()
        .path("balances")
        .valueStream()
        .map(
            balance ->
                balance.path("available").path("amount").asString()
                    + "+"
                    + balance.path("held").path("amount").asString()
                    + " "
                    + balance.path("held").path("currency").asString())
        .collect(Collectors.joining(", "));
  }

  /** The order's payment. */
  public JsonNode payment(UUID order) {
    return rest.get("/payments?orderId=" + order).is(200).json();
  }

  /** What the payment moved, such as {@code HOLD AVAILABLE -12.50}. */
  public List<String> entries(UUID order) {
    return payment(order).path("entries").valueStream().map(Bank::entry).toList();
  }

  /** An entry, such as {@code HOLD AVAILABLE -12.50}. */
  public static String entry(JsonNode entry) {
    return entry.path("movement").asString()
        + " "
        + entry.path("account").asString()
        + " "
        + entry.path("amount").path("amount").asString();
  }

  /** Checks that every invariant of the books holds. */
  public void auditsClean() {
    assertThat(rest.actuator("consistency").toString())
        .isEqualTo("{\"consistent\":true,\"violations\":[]}");
  }
}
