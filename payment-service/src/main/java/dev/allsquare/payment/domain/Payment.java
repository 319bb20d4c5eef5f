package dev.allsquare.payment.domain;

import static dev.allsquare.payment.domain.PaymentState.AUTHORIZED;
import static dev.allsquare.payment.domain.PaymentState.CAPTURED;
import static dev.allsquare.payment.domain.PaymentState.DECLINED;
import static dev.allsquare.payment.domain.PaymentState.REFUNDED;
import static dev.allsquare.payment.domain.PaymentState.VOIDED;

import dev.allsquare.contract.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order's payment out of a wallet: authorized, then captured or voided; captured, refunded. */
@Entity
public class Payment {

  @Id private UUID id;
  private UUID orderId;
  private String customerId;
  private String currency;
  private long minor;

  @Enumerated(EnumType.STRING)
  private PaymentState state;

  /** Counts the states, where {@code version} counts the writes: a batch may pass several. */
  private long changes;

  private Instant createdAt;
  private Instant updatedAt;
  @Version private long version;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  protected Payment() {}

  private Payment(UUID id, UUID orderId, WalletId wallet, long minor, Instant at) {
    this.id = id;
    this.orderId = orderId;
    this.customerId = wallet.customerId();
    this.currency = wallet.currency();
    this.minor = minor;
    this.state = DECLINED;
    this.createdAt = at;
    this.updatedAt = at;
  }

  /**
   * Holds the amount, or is declined when the wallet has less, or there is none.
   *
   * @throws IllegalArgumentException for less than nothing
   */
  public static Payment authorize(
      UUID id,
      UUID orderId,
      String customer,
      Money amount,
      @Nullable Wallet wallet,
      Ledger ledger) {
    if (amount.minor() < 0) {
      throw new IllegalArgumentException("nobody pays " + amount.amount());
    }
    var from = new WalletId(customer, amount.currency());
    var payment = new Payment(id, orderId, from, amount.minor(), ledger.at());
    if (!payment.hold(wallet, ledger)) {
      payment.become(DECLINED, ledger);
    }
    return payment;
  }

  /**
   * Tries again what was declined; the wallet may have been filled meanwhile.
   *
   * @return whether the amount is held now
   * @throws PaymentRefusal unless DECLINED
   */
  public boolean authorizeAgain(@Nullable Wallet wallet, Ledger ledger) {
    if (state != DECLINED) {
      throw new PaymentRefusal(state, AUTHORIZED);
    }
    return hold(wallet, ledger);
  }

  private boolean hold(@Nullable Wallet wallet, Ledger ledger) {
    if (wallet == null || !wallet.has(minor)) {
      return false;
    }
    wallet.move(Movement.HOLD, minor, id, ledger);
    become(AUTHORIZED, ledger);
    return true;
  }

  /**
   * What was held is earned.
   *
   * @return whether this changed anything; it does not the second time
   * @throws PaymentRefusal unless AUTHORIZED or CAPTURED
   */
  public boolean capture(Wallet wallet, Ledger ledger) {
    return change(AUTHORIZED, CAPTURED, Movement.CAPTURE, wallet, ledger);
  }

  /**
   * What was held is the customer's to spend again.
   *
   * @return whether this changed anything; it does not the second time
   * @throws PaymentRefusal unless AUTHORIZED or VOIDED
   */
  public boolean release(Wallet wallet, Ledger ledger) {
    return change(AUTHORIZED, VOIDED, Movement.RELEASE, wallet, ledger);
  }

  /**
   * What was earned returns to the customer.
   *
   * @return whether this changed anything; it does not the second time
   * @throws PaymentRefusal unless CAPTURED or REFUNDED
   */
  public boolean refund(Wallet wallet, Ledger ledger) {
    return change(CAPTURED, REFUNDED, Movement.REFUND, wallet, ledger);
  }

  private boolean change(
      PaymentState from, PaymentState to, Movement movement, Wallet wallet, Ledger ledger) {
    if (state == to) {
      return false;
    }
    if (state != from) {
      throw new PaymentRefusal(state, to);
    }
    wallet.move(movement, minor, id, ledger);
    become(to, ledger);
    return true;
  }

  private void become(PaymentState next, Ledger ledger) {
    state = next;
    changes++;
    updatedAt = ledger.at();
  }

  /** Whether it is for this and by them. */
  public boolean isOf(String customer, Money amount) {
    return customerId.equals(customer) && amount().equals(amount);
  }

  public UUID id() {
    return id;
  }

  public UUID orderId() {
    return orderId;
  }

  /** The wallet that pays. */
  public WalletId wallet() {
    return new WalletId(customerId, currency);
  }

  public Money amount() {
    return Money.ofMinor(minor, currency);
  }

  public PaymentState state() {
    return state;
  }

  /** Ascends by one with each state. */
  public long changes() {
    return changes;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
