package dev.allsquare.e2e;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** Money as a caller writes it, with as many digits as the caller says. */
record Amount(BigDecimal value, String currency) {

  /** Reads {@code 12.50 EUR}. */
  static Amount of(String text) {
    var parts = text.split(" ", 2);
    return new Amount(new BigDecimal(parts[0]), parts[1]);
  }

  static Amount of(JsonNode json) {
    return of(json.path("amount").asString() + " " + json.path("currency").asString());
  }

  Amount plus(Amount other) {
    return new Amount(value.add(other.value), currency);
  }

  Amount minus(Amount other) {
    return new Amount(value.subtract(other.value), currency);
  }

  Amount times(long factor) {
    return new Amount(value.multiply(BigDecimal.valueOf(factor)), currency);
  }

  Amount zero() {
    return minus(this);
  }

  String json() {
    return "{\"amount\":\"%s\",\"currency\":\"%s\"}".formatted(value.toPlainString(), currency);
  }

  @Override
  public String toString() {
    return value.toPlainString() + " " + currency;
  }
}
