package dev.allsquare.payment.commands;

import dev.allsquare.contract.payment.AuthorizePayment;
import dev.allsquare.contract.payment.CapturePayment;
import dev.allsquare.contract.payment.RefundPayment;
import dev.allsquare.contract.payment.VoidPayment;
import dev.allsquare.message.Uuid7;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.participant.Command;
import dev.allsquare.payment.domain.Ledgers;
import dev.allsquare.payment.domain.Payment;
import dev.allsquare.payment.domain.Payments;
import dev.allsquare.payment.domain.WalletId;
import dev.allsquare.payment.domain.Wallets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Loads and saves what a batch works on: one select for the payments, one for the wallets. */
@Component
class Tills {

  private final Payments payments;
  private final Wallets wallets;
  private final Ledgers ledgers;
  private final Outbox outbox;
  private final PaymentEvents events;
  private final Clock clock;

  Tills(
      Payments payments,
      Wallets wallets,
      Ledgers ledgers,
      Outbox outbox,
      PaymentEvents events,
      Clock clock) {
    this.payments = payments;
    this.wallets = wallets;
    this.ledgers = ledgers;
    this.outbox = outbox;
    this.events = events;
    this.clock = clock;
  }

  Till load(List<Command<?>> batch) {
    var orders = batch.stream().map(Tills::order).distinct().toList();
    var known = payments.locked(orders);
    var paying = known.values().stream().map(Payment::wallet);
    var ids = Stream.concat(asked(batch), paying).distinct().toList();
    var locked = wallets.locked(ids);
    return new Till(known, locked, ledgers.open(), () -> Uuid7.next(clock.instant()));
  }

  void save(Till till) {
    ledgers.write(till.ledger());
    payments.add(till.added());
    payments.write(till.changed());
    wallets.write(till.touched());
    outbox.append(till.changes().stream().map(events::of).toList());
  }

  private static UUID order(Command<?> command) {
    return switch (command.body()) {
      case AuthorizePayment body -> body.orderId();
      case CapturePayment body -> body.orderId();
      case VoidPayment body -> body.orderId();
      case RefundPayment body -> body.orderId();
      default -> throw new IllegalArgumentException("not ours: " + command.body());
    };
  }

  private static Stream<WalletId> asked(List<Command<?>> batch) {
    return batch.stream()
        .map(Command::body)
        .filter(AuthorizePayment.class::isInstance)
        .map(AuthorizePayment.class::cast)
        .map(body -> new WalletId(body.customerId(), body.amount().currency()));
  }
}
