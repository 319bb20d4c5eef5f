package dev.allsquare.payment.domain;

import dev.allsquare.contract.Money;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has in one currency, in minor units: available to spend, and held by authorized
 * payments. It changes together with its ledger accounts, by {@link #move} alone.
 */
@Entity
public class Wallet {

  @EmbeddedId private WalletId id;

  private long available;
  private long held;
  private Instant openedAt;
  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Wallet() {}

  /** An empty wallet. */
  public Wallet(WalletId id, Instant at) {
    this.id = id;
    this.openedAt = at;
  }

  /**
   * Money comes in.
   *
   * @throws IllegalArgumentException unless it is more than nothing
   * @throws WalletFull when the sum does not fit
   */
  public void deposit(Money amount, Ledger ledger) {
    if (amount.minor() <= 0) {
      throw new IllegalArgumentException("A deposit is more than nothing, not " + amount.amount());
    }
    if (!amount.currency().equals(id.currency())) {
      throw new IllegalArgumentException(amount.currency() + " into a wallet of " + id.currency());
    }
    move(Movement.DEPOSIT, amount.minor(), null, ledger);
  }

  /** Whether this much may be spent. */
  boolean has(long minor) {
    return available >= minor;
  }

  /** Moves money in the wallet and in the ledger. */
  void move(Movement movement, long minor, @Nullable UUID payment, Ledger ledger) {
    long availableThen;
    long heldThen;
    try {
      availableThen = Math.addExact(available, movement.effectOn(Account.AVAILABLE, minor));
      heldThen = Math.addExact(held, movement.effectOn(Account.HELD, minor));
      Math.addExact(availableThen, heldThen); // what is held may come back
    } catch (ArithmeticException e) {
      throw new WalletFull(id, e);
    }
    if (availableThen < 0 || heldThen < 0) {
      throw new IllegalStateException(movement + " of " + minor + " would overdraw " + id);
    }
    available = availableThen;
    held = heldThen;
    ledger.post(movement, id, minor, payment);
  }

  public WalletId id() {
    return id;
  }

  public Money available() {
    return Money.ofMinor(available, id.currency());
  }

  public Money held() {
    return Money.ofMinor(held, id.currency());
  }

  public Instant openedAt() {
    return openedAt;
  }
}
