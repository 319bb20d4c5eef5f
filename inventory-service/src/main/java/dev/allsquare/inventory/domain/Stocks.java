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
import org.springframework.stereotype.Repository;

/** The shelves and their adjustments, as rows. */
@Repository
public class Stocks {

  /** An array, not a list of parameters: one statement, and one plan, for 1 SKU or 50,000. */
  private static final String LOCK =
      "select * from stock where sku = any(:skus) order by sku for no key update";

  private final EntityManager entities;

  Stocks(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * These shelves by SKU, locked in the order of their SKUs until the transaction ends. Whoever
   * changes stock locks through here, so that nobody waits in a circle.
   */
  public Map<String, Stock> locked(Collection<String> skus) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Stock.class)
        .setParameter("skus", skus.toArray(String[]::new))
        .getResultStream()
        .collect(toMap(Stock::sku, identity()));
  }

  /** This shelf, locked. */
  public Optional<Stock> locked(Sku sku) {
    return Optional.ofNullable(locked(List.of(sku.code())).get(sku.code()));
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
