package dev.allsquare.payment.domain;

import dev.allsquare.message.Uuid7;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The ledger, as rows. */
@Repository
public class Ledgers {

  private final EntityManager entities;
  private final Clock clock;
  private UUID last = new UUID(0, 0);

  Ledgers(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * A page to post on. Open it when the wallets are locked: then the ids that this process gives
   * ascend per wallet. Those of two replicas do so as far as their clocks agree.
   */
  public Ledger open() {
    return new Ledger(this::next, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** Ascending even within a millisecond, and when the clock is put back. */
  private synchronized UUID next() {
    UUID id = Uuid7.next(clock.instant());
    last =
        id.compareTo(last) > 0
            ? id
            : new UUID(last.getMostSignificantBits(), last.getLeastSignificantBits() + 1);
    return last;
  }

  /** Writes the page. */
  public void write(Ledger ledger) {
    ledger.entries().forEach(entities::persist);
  }

  /** The customer's entries, newest first, those before this one if one is given. */
  public List<LedgerEntry> statement(String customer, @Nullable UUID before, int limit) {
    return entities
        .createQuery(
            "from LedgerEntry where customerId = :customer and id < :before order by id desc",
            LedgerEntry.class)
        .setParameter("customer", customer)
        .setParameter("before", before == null ? new UUID(-1, -1) : before)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The payment's entries, oldest first. */
  public List<LedgerEntry> ofPayment(UUID payment) {
    return entities
        .createQuery("from LedgerEntry where paymentId = :payment order by id", LedgerEntry.class)
        .setParameter("payment", payment)
        .getResultList();
  }
}
