package dev.allsquare.order.catalog;

import dev.allsquare.contract.Money;
import dev.allsquare.contract.inventory.Product;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The products known here, and what they cost. */
@Component
public class Catalog {

  private record Price(String sku, Money money) {}

  private final JdbcClient jdbc;

  Catalog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The prices of these products, in one statement; unknown ones are missing from the map. */
  public Map<String, Money> prices(Collection<String> skus) {
    return jdbc
        .sql("select sku, price_minor, currency from product where sku = any(?)")
        .param(skus.toArray(String[]::new))
        .query(
            (row, number) ->
                new Price(
                    row.getString("sku"),
                    Money.ofMinor(row.getLong("price_minor"), row.getString("currency"))))
        .list() // a stream of rows would outlive its connection outside a transaction
        .stream()
        .collect(Collectors.toMap(Price::sku, Price::money));
  }

  /**
   * Takes over what is newer than what is known, in one statement. Of one product only the newest
   * state is written (an upsert may not touch a row twice), sorted, so that two writers can't wait
   * for each other.
   */
  void learn(List<Product> products) {
    var newest =
        products.stream()
            .collect(
                Collectors.toMap(
                    Product::sku,
                    Function.identity(),
                    BinaryOperator.maxBy(Comparator.comparingLong(Product::version))))
            .values()
            .stream()
            .sorted(Comparator.comparing(Product::sku))
            .toList();
    jdbc.sql(
            """
            insert into product (sku, price_minor, currency, version)
            select * from unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[])
            on conflict (sku) do update
              set price_minor = excluded.price_minor, currency = excluded.currency,
                  version = excluded.version
              where product.version < excluded.version
            """)
        .params(
            column(newest, Product::sku),
            column(newest, product -> Long.toString(product.price().minor())),
            column(newest, product -> product.price().currency()),
            column(newest, product -> Long.toString(product.version())))
        .update();
  }

  private static String[] column(List<Product> products, Function<Product, String> column) {
    return products.stream().map(column).toArray(String[]::new);
  }
}
