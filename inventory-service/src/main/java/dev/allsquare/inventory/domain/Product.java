package dev.allsquare.inventory.domain;

import dev.allsquare.contract.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** What is sold: a name and a price. How many there are is told by {@link Stock}. */
@Entity
public class Product {

  private static final int LONGEST_NAME = 200;

  @Id private String sku;
  private String name;
  private long priceMinor;
  private String currency;
  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Product() {}

  /**
   * A new product.
   *
   * @throws IllegalArgumentException when the name is empty, too long or unprintable, or the price
   *     is not above zero
   */
  public Product(Sku sku, String name, Money price) {
    this.sku = sku.code();
    this.name = nameOf(name);
    this.priceMinor = priceOf(price);
    this.currency = price.currency();
  }

  /**
   * Gives the product this name and price.
   *
   * @return whether that changed anything
   * @throws IllegalArgumentException as the constructor does
   */
  public boolean describe(String newName, Money newPrice) {
    String oldName = name;
    Money oldPrice = price();
    name = nameOf(newName);
    priceMinor = priceOf(newPrice);
    currency = newPrice.currency();
    return !name.equals(oldName) || !price().equals(oldPrice);
  }

  public String sku() {
    return sku;
  }

  public String name() {
    return name;
  }

  public Money price() {
    return Money.ofMinor(priceMinor, currency);
  }

  /**
   * Counts the states, from 1 (the row counts from 0): whoever has a copy may call an unknown one
   * 0. Current once the change is flushed.
   */
  public long version() {
    return version + 1;
  }

  private static String nameOf(String name) {
    return Text.checked("A product's name", name, LONGEST_NAME);
  }

  private static long priceOf(Money price) {
    if (price.minor() <= 0) {
      throw new IllegalArgumentException("A product's price is above zero.");
    }
    return price.minor();
  }
}
