package dev.allsquare.e2e;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Customers who can pay for anything, before shelves that never run out. */
final class Shoppers {

  private static final Amount FORTUNE = Amount.of("100000000.00 EUR");

  private final List<Api> apis;
  private final List<String> skus;
  private final List<String> customers;

  private Shoppers(List<Api> apis, List<String> skus, List<String> customers) {
    this.apis = apis;
    this.skus = skus;
    this.customers = customers;
  }

  /**
   * Makes that many products and customers.
   *
   * @param hosts where replicas of order-service answer, {@code host:port}; the other services are
   *     at the next two ports of the first, or where {@code host:port+host:port+host:port} says
   */
  static Shoppers at(List<String> hosts, int skus, int customers) {
    var apis = hosts.stream().map(Shoppers::api).toList();
    var run = Long.toString(System.currentTimeMillis(), 36);
    return new Shoppers(
        apis,
        IntStream.range(0, skus).mapToObj(i -> product(apis.getFirst(), run + "-" + i)).toList(),
        IntStream.range(0, customers)
            .mapToObj(i -> customer(apis.getFirst(), run + "-" + i))
            .toList());
  }

  /** Places an order of two pieces of one and one of another, and says how it ended. */
  String buy() {
    var order = Line.order(any(customers), lines());
    try {
      return end(any(apis).placeOrder(order, Api.newKey(), "Prefer", "wait=30"));
    } catch (UncheckedIOException e) {
      return "unanswered";
    }
  }

  private static String end(Answer answer) {
    return switch (answer.status()) {
      case 201 -> answer.json().path("status").asString();
      case 202 -> "still pending after 30 s";
      default -> "answered " + answer.status();
    };
  }

  private List<Line> lines() {
    int first = ThreadLocalRandom.current().nextInt(skus.size());
    int second = (first + 1) % skus.size();
    return List.of(new Line(skus.get(first), 2), new Line(skus.get(second), 1));
  }

  private static Api api(String host) {
    var parts = host.split("\\+", -1);
    var orders = URI.create("http://" + parts[0]);
    return parts.length == 3
        ? new Api(orders, URI.create("http://" + parts[1]), URI.create("http://" + parts[2]))
        : new Api(orders, next(orders, 1), next(orders, 2));
  }

  private static URI next(URI orders, int ports) {
    return URI.create("http://" + orders.getHost() + ":" + (orders.getPort() + ports));
  }

  private static String product(Api api, String suffix) {
    var sku = "LOAD-" + suffix;
    require(api.putProduct(sku, "a thing", Amount.of("1.25 EUR")));
    require(api.adjust(sku, 100_000_000));
    return sku;
  }

  private static String customer(Api api, String suffix) {
    var customer = "load-" + suffix;
    require(api.deposit(customer, FORTUNE));
    return customer;
  }

  private static void require(Answer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException("could not prepare the load: " + answer);
    }
  }

  private static <T> T any(List<T> list) {
    return list.get(ThreadLocalRandom.current().nextInt(list.size()));
  }
}
