package dev.allsquare.e2e;

import java.net.URI;
import java.util.Arrays;
import java.util.UUID;

/**
 * The REST interface of the whole system, as its callers see it: one address per service. Every
 * method that needs an Idempotency-Key makes one up, unless it is told which.
 */
record Api(URI orders, URI payments, URI inventory) {

  /** The three services on one host, at the ports they have by default. */
  static Api at(String host) {
    return new Api(
        URI.create("http://" + host + ":8080"),
        URI.create("http://" + host + ":8081"),
        URI.create("http://" + host + ":8082"));
  }

  static String newKey() {
    return UUID.randomUUID().toString();
  }

  Answer placeOrder(String order, String key, String... headers) {
    return Http.post(orders.resolve("/orders"), order, with(headers, "Idempotency-Key", key));
  }

  Answer order(String id, String... headers) {
    return Http.get(orders.resolve("/orders/" + id), headers);
  }

  Answer ordersOf(String customer, String more) {
    return Http.get(orders.resolve("/orders?customerId=" + customer + more));
  }

  Answer cancel(String orderId) {
    return Http.post(orders.resolve("/orders/" + orderId + "/cancellation"), "");
  }

  URI eventsOf(String orderId) {
    return orders.resolve("/orders/" + orderId + "/events");
  }

  Answer deposit(String customer, Amount amount) {
    return deposit(customer, amount.json(), newKey());
  }

  Answer deposit(String customer, String body, String key) {
    return Http.post(
        payments.resolve("/wallets/" + customer + "/deposits"), body, "Idempotency-Key", key);
  }

  Answer wallet(String customer) {
    return Http.get(payments.resolve("/wallets/" + customer));
  }

  Answer entries(String customer, String query) {
    return Http.get(payments.resolve("/wallets/" + customer + "/entries" + query));
  }

  Answer paymentsOf(String orderId) {
    return Http.get(payments.resolve("/payments?orderId=" + orderId));
  }

  Answer putProduct(String sku, String name, Amount price) {
    return Http.put(
        inventory.resolve("/products/" + sku),
        "{\"name\":\"%s\",\"price\":%s}".formatted(name, price.json()));
  }

  Answer product(String sku) {
    return Http.get(inventory.resolve("/products/" + sku));
  }

  Answer adjust(String sku, int quantity) {
    return Http.post(
        inventory.resolve("/products/" + sku + "/adjustments"),
        "{\"quantity\":%d,\"reason\":\"a delivery\"}".formatted(quantity),
        "Idempotency-Key",
        newKey());
  }

  Answer reservationsOf(String orderId) {
    return Http.get(inventory.resolve("/reservations?orderId=" + orderId));
  }

  private static String[] with(String[] headers, String name, String value) {
    var all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = name;
    all[headers.length + 1] = value;
    return all;
  }
}
