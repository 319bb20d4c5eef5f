package dev.allsquare.payment.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The open page of the ledger: the entries of one transaction, in pairs. */
public final class Ledger {

  private final Supplier<UUID> ids;
  private final Instant at;
  private final List<LedgerEntry> entries = new ArrayList<>();

  /**
   * An empty page.
   *
   * @param ids ascending, so that a statement sorted by them reads in the order of events
   */
  public Ledger(Supplier<UUID> ids, Instant at) {
    this.ids = ids;
    this.at = at;
  }

  /** When this happens. */
  Instant at() {
    return at;
  }

  /** Posts both sides of a movement; nowhere is one side posted alone. */
  void post(Movement movement, WalletId wallet, long minor, @Nullable UUID payment) {
    UUID id = ids.get();
    entries.add(new LedgerEntry(id, id, movement, movement.from(), wallet, -minor, payment, at));
    entries.add(
        new LedgerEntry(ids.get(), id, movement, movement.to(), wallet, minor, payment, at));
  }

  /** What was posted. */
  public List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }
}
