package dev.allsquare.inventory.domain;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The shelves and their adjustments, as rows. */
@Repository
public class Stocks {

  /** An array, not a list of parameters: one statement, and one plan, for 1 SKU or 50,000. */
  private static final String LOCK =
      "select * from stock where sku = any(:skus) order by sku for no key update";

  private static final String WRITE =
      """
      update stock set on_hand = s.on_hand, reserved = s.reserved, version = version + 1
        from unnest(?, ?, ?) as s (code, on_hand, reserved)
       where sku = any(?) and sku = s.code
      """;

  private final EntityManager entities;
  private final JdbcClient jdbc;

  Stocks(EntityManager entities, JdbcClient jdbc) {
    this.entities = entities;
    this.jdbc = jdbc;
  }

  /**
   * These shelves by SKU, locked in the order of their SKUs until the transaction ends. Whoever
   * changes stock locks through here, so that nobody waits in a circle, and then calls {@link
   * #write}: Hibernate keeps no copy of them, and so notices no change.
   */
  public Map<String, Stock> locked(Collection<String> skus) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Stock.class)
        .setParameter("skus", skus.toArray(String[]::new))
        .setReadOnly(true)
        .getResultStream()
        .collect(toMap(Stock::sku, identity()));
  }

  /** This shelf, locked. */
  public Optional<Stock> locked(Sku sku) {
    return Optional.ofNullable(locked(List.of(sku.code())).get(sku.code()));
  }

  /** Writes locked shelves, each once, in one statement. */
  public void write(List<Stock> locked) {
    if (!locked.isEmpty()) {
      var skus = locked.stream().map(Stock::sku).toArray(String[]::new);
      int written =
          jdbc.sql(WRITE)
              .params(
                  skus,
                  locked.stream().map(Stock::onHand).toArray(Long[]::new),
                  locked.stream().map(Stock::reserved).toArray(Long[]::new),
                  skus)
              .update();
      if (written != locked.size()) {
        throw new OptimisticLockingFailureException(
            "only " + written + " of " + locked.size() + " shelves were there to be written");
      }
    }
  }

  /** Adds an adjustment. */
  public void add(Adjustment adjustment) {
    entities.persist(adjustment);
  }

  /** The adjustment of this id. */
  public Optional<Adjustment> adjustment(UUID id) {
    return Optional.ofNullable(entities.find(Adjustment.class, id));
  }
}
