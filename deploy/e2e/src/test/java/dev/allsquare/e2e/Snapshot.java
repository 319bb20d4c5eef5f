package dev.allsquare.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything the clients, the databases and the topics know once a campaign has come to rest.
 *
 * @param claimed the kinds of faults that the campaign says it has injected
 * @param restless how long it took from the healing of the last fault until nothing moved any more
 */
record Snapshot(
    List<Wished> wished,
    List<Suffered> suffered,
    Set<String> claimed,
    Duration restless,
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
    Map<String, Long> unread,
    List<String> deadLetters,
    Set<String> poison,
    List<String> own) {

  /** What a customer wanted, whether anybody heard it or not. */
  record Wished(String key, Wish.Kind kind) {}

  /**
   * What the campaign did to the system.
   *
   * @param lasted from the first blow until the cause was gone
   * @param extent how many connections, records or processes it hit
   * @param failure why it could not be done or not be healed; empty when it was
   */
  record Suffered(int number, String kind, Duration lasted, long extent, String failure) {}

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

  /** Those who wanted to buy something that could be paid and was there. */
  List<Wished> payable() {
    return wished.stream().filter(each -> each.kind().mustBeConfirmed()).toList();
  }
}
