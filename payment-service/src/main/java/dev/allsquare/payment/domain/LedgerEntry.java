package dev.allsquare.payment.domain;

import dev.allsquare.contract.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One side of a movement. Its other side has the same movement id and the opposite amount; neither
 * is ever changed.
 */
@Entity
@Immutable
public class LedgerEntry {

  @Id private UUID id;
  private UUID movementId;

  @Enumerated(EnumType.STRING)
  private Movement movement;

  @Enumerated(EnumType.STRING)
  private Account account;

  private @Nullable String customerId;
  private String currency;
  private long minor;
  private @Nullable UUID paymentId;
  private Instant at;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected LedgerEntry() {}

  LedgerEntry(
      UUID id,
      UUID movementId,
      Movement movement,
      Account account,
      WalletId wallet,
      long minor,
      @Nullable UUID paymentId,
      Instant at) {
    this.id = id;
    this.movementId = movementId;
    this.movement = movement;
    this.account = account;
    this.customerId = account.isOfCustomer() ? wallet.customerId() : null;
    this.currency = wallet.currency();
    this.minor = minor;
    this.paymentId = paymentId;
    this.at = at;
  }

  public UUID id() {
    return id;
  }

  public UUID movementId() {
    return movementId;
  }

  public Movement movement() {
    return movement;
  }

  public Account account() {
    return account;
  }

  public @Nullable String customerId() {
    return customerId;
  }

  /** What it adds to the account; negative where it takes away. */
  public Money amount() {
    return Money.ofMinor(minor, currency);
  }

  public @Nullable UUID paymentId() {
    return paymentId;
  }

  public Instant at() {
    return at;
  }
}
