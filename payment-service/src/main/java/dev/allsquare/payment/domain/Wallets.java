package dev.allsquare.payment.domain;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The wallets, as rows. */
@Repository
public class Wallets {

  /**
   * Arrays, not a list of parameters: one statement, and one plan, for 1 wallet or 500. The first
   * condition bounds what a plan can read that was made when there were three wallets.
   */
  private static final String LOCK =
      """
      select * from wallet
      where customer_id = any(cast(:customers as text[])) and (customer_id, currency) in
        (select * from unnest(cast(:customers as text[]), cast(:currencies as text[])))
      order by customer_id, currency for no key update
      """;

  private static final String OPEN =
      """
      insert into wallet (customer_id, currency, available, held, opened_at, version)
      values (:customer, :currency, 0, 0, :at, 0) on conflict do nothing
      """;

  private static final String WRITE =
      """
      update wallet set available = w.available, held = w.held, version = version + 1
        from unnest(?, ?, ?, ?) as w (customer, code, available, held)
       where customer_id = any(?) and customer_id = w.customer and currency = w.code
      """;

  private final EntityManager entities;
  private final JdbcClient jdbc;

  Wallets(EntityManager entities, JdbcClient jdbc) {
    this.entities = entities;
    this.jdbc = jdbc;
  }

  /**
   * These wallets, locked in the order of their ids until the transaction ends. Whoever moves money
   * locks through here, so that nobody waits in a circle, and then calls {@link #write}: Hibernate
   * keeps no copy of them, and so notices no change.
   */
  public Map<WalletId, Wallet> locked(Collection<WalletId> ids) {
    return entities
        .unwrap(Session.class)
        .createNativeQuery(LOCK, Wallet.class)
        .setParameter("customers", ids.stream().map(WalletId::customerId).toArray(String[]::new))
        .setParameter("currencies", ids.stream().map(WalletId::currency).toArray(String[]::new))
        .setReadOnly(true)
        .getResultStream()
        .collect(toMap(Wallet::id, identity()));
  }

  /** Writes locked wallets, each once, in one statement. */
  public void write(List<Wallet> locked) {
    if (!locked.isEmpty()) {
      var customers = locked.stream().map(it -> it.id().customerId()).toArray(String[]::new);
      int written =
          jdbc.sql(WRITE)
              .params(
                  customers,
                  locked.stream().map(it -> it.id().currency()).toArray(String[]::new),
                  locked.stream().map(it -> it.available().minor()).toArray(Long[]::new),
                  locked.stream().map(it -> it.held().minor()).toArray(Long[]::new),
                  customers)
              .update();
      if (written != locked.size()) {
        throw new OptimisticLockingFailureException(
            "only " + written + " of " + locked.size() + " wallets were there to be written");
      }
    }
  }

  /** This wallet, locked; opened if it is the customer's first of this currency. */
  public Wallet lockedOrOpened(WalletId id, Instant at) {
    var wallet = locked(List.of(id)).get(id);
    if (wallet != null) {
      return wallet;
    }
    open(id, at);
    var opened = locked(List.of(id)).get(id);
    if (opened == null) {
      throw new IllegalStateException("wallets are never deleted: " + id);
    }
    return opened;
  }

  /**
   * Opens this wallet, with nothing in it.
   *
   * @return whether it was not open before
   */
  public boolean open(WalletId id, Instant at) {
    return entities
            .createNativeQuery(OPEN)
            .setParameter("customer", id.customerId())
            .setParameter("currency", id.currency())
            .setParameter("at", at)
            .executeUpdate()
        == 1;
  }

  /** All wallets of a customer, by currency. */
  public List<Wallet> of(String customer) {
    return entities
        .createQuery(
            "from Wallet where id.customerId = :customer order by id.currency", Wallet.class)
        .setParameter("customer", customer)
        .getResultList();
  }
}
