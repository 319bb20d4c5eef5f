package dev.allsquare.payment.commands;

import static dev.allsquare.contract.payment.Payment.INSUFFICIENT_FUNDS;

import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.participant.Answer;
import dev.allsquare.participant.Command;
import dev.allsquare.payment.domain.Ledger;
import dev.allsquare.payment.domain.Payment;
import dev.allsquare.payment.domain.PaymentRefusal;
import dev.allsquare.payment.domain.PaymentState;
import dev.allsquare.payment.domain.Wallet;
import dev.allsquare.payment.domain.WalletFull;
import dev.allsquare.payment.domain.WalletId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What one batch of commands works on: every payment and wallet it touches, locked. */
final class Till {

  private final Map<UUID, Payment> payments;
  private final Map<WalletId, Wallet> wallets;
  private final Ledger ledger;
  private final Supplier<UUID> ids;
  private final Set<Payment> added = new LinkedHashSet<>();
  private final List<Change> changes = new ArrayList<>();

  /** A payment reached a state, because of a command; later ones may change it again. */
  record Change(Command<?> cause, Payment payment, PaymentState state, long version) {}

  private interface Transition {
    boolean apply(Payment payment, Wallet wallet, Ledger ledger);
  }

  Till(
      Map<UUID, Payment> payments,
      Map<WalletId, Wallet> wallets,
      Ledger ledger,
      Supplier<UUID> ids) {
    this.payments = payments;
    this.wallets = wallets;
    this.ledger = ledger;
    this.ids = ids;
  }

  Answer authorize(Command<AuthorizePayment> command) {
    var body = command.body();
    var wallet = wallets.get(new WalletId(body.customerId(), body.amount().currency()));
    var payment = payments.get(body.orderId());
    if (payment == null) {
      payment =
          Payment.authorize(
              ids.get(), body.orderId(), body.customerId(), body.amount(), wallet, ledger);
      payments.put(body.orderId(), payment);
      added.add(payment);
      changed(command, payment);
    } else if (!payment.isOf(body.customerId(), body.amount())) {
      return refused(payment.state());
    } else if (payment.state() == PaymentState.DECLINED && payment.authorizeAgain(wallet, ledger)) {
      changed(command, payment);
    }
    return switch (payment.state()) {
      case AUTHORIZED -> Answer.done();
      case DECLINED -> Answer.refused(INSUFFICIENT_FUNDS);
      case CAPTURED, VOIDED, REFUNDED -> refused(payment.state());
    };
  }

  Answer capture(Command<CapturePayment> command) {
    return change(command, command.body().orderId(), Payment::capture);
  }

  Answer release(Command<VoidPayment> command) {
    return change(command, command.body().orderId(), Payment::release);
  }

  Answer refund(Command<RefundPayment> command) {
    return change(command, command.body().orderId(), Payment::refund);
  }

  private Answer change(Command<?> command, UUID order, Transition transition) {
    var payment = payments.get(order);
    if (payment == null) {
      return Answer.refused("PAYMENT_UNKNOWN");
    }
    try {
      var wallet = wallets.get(payment.wallet());
      if (wallet == null) {
        return refused(payment.state()); // declined for want of a wallet
      }
      if (transition.apply(payment, wallet, ledger)) {
        changed(command, payment);
      }
      return Answer.done();
    } catch (PaymentRefusal e) {
      return refused(e.state());
    } catch (WalletFull e) {
      return Answer.refused("WALLET_FULL");
    }
  }

  private void changed(Command<?> cause, Payment payment) {
    changes.add(new Change(cause, payment, payment.state(), payment.changes()));
  }

  /** The reason names the state, because an operator is going to read it in a parked saga. */
  private static Answer refused(PaymentState state) {
    return Answer.refused("PAYMENT_" + state);
  }

  Set<Payment> added() {
    return added;
  }

  List<Change> changes() {
    return changes;
  }

  /** Those that were there before, each once. */
  List<Payment> changed() {
    return changes.stream()
        .map(Change::payment)
        .filter(payment -> !added.contains(payment))
        .distinct()
        .toList();
  }

  /** Every change moves money of its wallet, but for a decline. */
  List<Wallet> touched() {
    return changes.stream()
        .filter(change -> change.state() != PaymentState.DECLINED)
        .map(change -> change.payment().wallet())
        .distinct()
        .map(id -> Objects.requireNonNull(wallets.get(id)))
        .toList();
  }

  Ledger ledger() {
    return ledger;
  }
}
