package dev.allsquare.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What callers send who did not read the manual, or did. */
record BadInput(String name, UnaryOperator<String> spoil, String contentType) {

  private static final String JSON = "application/json";

  /** What is wrong for every endpoint that reads a body, whatever the body is about. */
  static List<BadInput> ofAnyKind() {
    return List.of(
        body("nothing at all", good -> ""),
        body("no JSON", good -> "{\"a\" 1}"),
        body("truncated", good -> good.substring(0, good.length() - 2)),
        body("an array", good -> "[" + good + "]"),
        body("null", good -> "null"),
        body("an empty object", good -> "{}"),
        body("an unknown field", good -> "{\"surprise\":1," + good.substring(1)),
        body("something after the end", good -> good + " {}"),
        body("10 MB", BadInput::inflated),
        body("nested too deep", good -> "[".repeat(20_000)),
        new BadInput("as text", good -> good, "text/plain"),
        new BadInput("as a form", good -> good, "application/x-www-form-urlencoded"),
        new BadInput("as a form that is none", good -> "%", "application/x-www-form-urlencoded"),
        new BadInput("as an upload without a boundary", good -> good, "multipart/form-data"));
  }

  /** What is no quantity of an order line. */
  static List<BadInput> quantities() {
    return numbers("0", "-1", "1.5", "1e309", "9223372036854775808", "10001", "\"2\"", "true");
  }

  /** What is no adjustment of stock. */
  static List<BadInput> adjustments() {
    return numbers("0", "1.5", "1e309", "9223372036854775808", "\"2\"", "true", "[]");
  }

  private static List<BadInput> numbers(String... values) {
    return Arrays.stream(values)
        .map(
            value ->
                body(
                    "quantity " + value,
                    good -> good.replaceAll("\"quantity\":\\d+", "\"quantity\":" + value)))
        .toList();
  }

  static BadInput replacing(String name, String good, String bad) {
    return body(name, body -> body.replace(good, bad));
  }

  static BadInput twice(String line) {
    return replacing("one SKU twice", line, line + "," + line);
  }

  static BadInput aHundredAndOneLines(String line) {
    var lines =
        IntStream.range(0, 101)
            .mapToObj(i -> "{\"sku\":\"SKU-" + i + "\",\"quantity\":1}")
            .collect(Collectors.joining(","));
    return replacing("101 lines", line, lines);
  }

  static BadInput body(String name, UnaryOperator<String> spoil) {
    return new BadInput(name, spoil, JSON);
  }

  private static String inflated(String good) {
    return "{\"padding\":\"" + "x".repeat(10 << 20) + "\"," + good.substring(1);
  }

  @Override
  public String toString() {
    return name;
  }
}
