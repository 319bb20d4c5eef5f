package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What one scenario works with: customers and products of its own in a system shared with all. */
final class Scene {

  private static final AtomicInteger SCENES = new AtomicInteger();
  private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

  private final String name = RUN + "-" + SCENES.incrementAndGet() + "-";
  private final AtomicInteger names = new AtomicInteger();
  private final RunningSystem system;
  private final Books books;
  private final Faults faults;

  Scene(RunningSystem system, Books books) {
    this.system = system;
    this.books = books;
    this.faults = new Faults(system);
  }

  RunningSystem system() {
    return system;
  }

  Books books() {
    return books;
  }

  Faults faults() {
    return faults;
  }

  Sagas sagas() {
    return new Sagas(system);
  }

  /** The first replicas. */
  Api api() {
    return system.api(0);
  }

  /** The replicas in turn. */
  Api api(int turn) {
    return system.api(turn % system.replicas());
  }

  Database database(Service service) {
    return new Database(system.jdbcUrl(service));
  }

  /** A new product with so many pieces on the shelf. */
  Product product(String price, int onHand) {
    var product = new Product(this, unknownSku(), Amount.of(price), onHand);
    accepted(api().putProduct(product.sku(), "a thing", product.price()));
    if (onHand > 0) {
      accepted(api().adjust(product.sku(), onHand));
    }
    return product;
  }

  /** A SKU nobody has heard of. */
  String unknownSku() {
    return (name + names.incrementAndGet()).toUpperCase(Locale.ROOT);
  }

  /** A new customer with these deposits in the wallet. */
  Customer customer(String... deposits) {
    var customer = new Customer(this, name + names.incrementAndGet());
    for (var deposit : deposits) {
      accepted(api().deposit(customer.id(), Amount.of(deposit)));
    }
    return customer;
  }

  static Answer accepted(Answer answer) {
    assertThat(answer.isSuccess()).as(answer.toString()).isTrue();
    return answer;
  }
}
