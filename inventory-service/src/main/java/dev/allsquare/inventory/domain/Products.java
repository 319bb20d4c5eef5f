package dev.allsquare.inventory.domain;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The products, as rows. */
@Repository
public class Products {

  private static final String WITH_STOCK =
      "select new dev.allsquare.inventory.domain.OnOffer(p, s)"
          + " from Product p join Stock s on s.sku = p.sku where ";

  private final EntityManager entities;

  Products(EntityManager entities) {
    this.entities = entities;
  }

  /** Adds a product that nobody has added before, with its empty shelf. */
  public void add(Product product) {
    entities.persist(product);
    entities.persist(new Stock(new Sku(product.sku())));
    entities.flush();
  }

  /** The product, locked until the transaction ends. */
  public Optional<Product> locked(Sku sku) {
    return Optional.ofNullable(
        entities.find(Product.class, sku.code(), LockModeType.PESSIMISTIC_WRITE));
  }

  /** Writes what was changed, so that versions are current. */
  public void flush() {
    entities.flush();
  }

  /** The product and its stock. */
  public Optional<OnOffer> find(Sku sku) {
    return entities
        .createQuery(WITH_STOCK + "p.sku = :sku", OnOffer.class)
        .setParameter("sku", sku.code())
        .getResultList()
        .stream()
        .findFirst();
  }

  /** The first products by SKU, after this one if one is given. */
  public List<OnOffer> page(@Nullable Sku after, int limit) {
    return entities
        .createQuery(WITH_STOCK + "p.sku > :after and s.sku > :after order by p.sku", OnOffer.class)
        .setParameter("after", after == null ? "" : after.code())
        .setMaxResults(limit)
        .getResultList();
  }
}
