package dev.allsquare.e2e;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything the clients, the databases and the topics know once a campaign has come to rest. */
record Snapshot(
    List<Told> told,
    List<Order> orders,
    List<Saga> sagas,
    List<Payment> payments,
    List<Entry> entries,
    List<Reservation> reservations,
    List<Shelf> shelves,
    List<Change> committed,
    List<Change> events,
    List<Command> commands,
    Map<String, Long> outboxes,
    List<String> deadLetters,
    Set<String> poison,
    List<String> own) {

  /** A client was told that this order was accepted. */
  record Told(String key, Wish.Kind kind, String orderId) {}

  record Order(String id, String status, long minor, String currency) {}

  record Saga(String id, String orderId, String type, String state) {}

  record Payment(String orderId, String state, long minor, String currency) {}

  /**
   * @param orderId whose payment it is about, empty for a deposit
   */
  record Entry(String movement, String account, String orderId, String currency, long minor) {}

  record Reservation(String orderId, String state, Map<String, Long> lines) {}

  /**
   * @param came by deliveries and corrections
   */
  record Shelf(String sku, long onHand, long reserved, long came) {}

  /** A status change: as a service committed it, or as a topic tells it, repetitions left out. */
  record Change(String topic, String orderId, long version, String status) {}

  /** As a topic has it, repetitions left out. */
  record Command(String sagaId, String step, String direction) {}

  static Snapshot empty() {
    return new Snapshot(
        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), Map.of(), List.of(), Set.of(), List.of());
  }
}
