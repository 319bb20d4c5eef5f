package dev.allsquare.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads databases and topics of a system that has come to rest. */
final class SnapshotReader {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> PAYMENT_STATES = List.of("AUTHORIZED", "CAPTURED", "REFUNDED");

  /** Who reads what. */
  private static final Map<String, Service> READERS =
      Map.of(
          "inventory.commands", Service.INVENTORY,
          "payment.commands", Service.PAYMENT,
          "order.replies", Service.ORDER,
          "inventory.products", Service.ORDER);

  private final CampaignSystem system;
  private final Plan plan;
  private long duplicates;

  SnapshotReader(CampaignSystem system, Plan plan) {
    this.system = system;
    this.plan = plan;
  }

  /** How many records the topics hold that are there already. */
  long duplicates() {
    return duplicates;
  }

  Snapshot read(List<Snapshot.Told> told, List<Snapshot.Suffered> suffered, Duration restless) {
    duplicates = 0;
    var events = new ArrayList<Snapshot.Change>();
    var commands = new ArrayList<Snapshot.Command>();
    var poison = new HashSet<String>();
    for (var topic : Schedule.topics()) {
      for (var record : firstOccurrences(topic, poison)) {
        if (Topics.EVENTS.contains(topic)) {
          events.add(change(topic, JSON.readTree(record.value())));
        } else if (topic.endsWith(".commands")) {
          commands.add(command(record));
        }
      }
    }
    return new Snapshot(
        wished(),
        suffered,
        plan.kinds(),
        restless,
        told,
        orders(),
        sagas(),
        payments(),
        entries(),
        reservations(),
        shelves(),
        committed(),
        events,
        commands,
        outboxes(),
        unread(),
        deadLetters(),
        poison,
        own());
  }

  private List<Snapshot.Wished> wished() {
    return IntStream.range(0, plan.orders())
        .mapToObj(number -> Wish.of(plan.seed(), number))
        .map(wish -> new Snapshot.Wished(wish.key(plan.seed()), wish.kind()))
        .toList();
  }

  /** Whether nothing waits in an outbox or in a topic. */
  boolean isAllRead() {
    return Stream.concat(outboxes().values().stream(), unread().values().stream())
        .allMatch(count -> count == 0);
  }

  private Map<String, Long> unread() {
    var unread = new TreeMap<String, Long>();
    READERS.forEach(
        (topic, service) -> {
          var read = system.groups().read(service);
          system
              .topics()
              .ends(topic)
              .forEach(
                  (partition, end) ->
                      unread.merge(topic, end - read.getOrDefault(partition, 0L), Long::sum));
        });
    return unread;
  }

  private List<ConsumerRecord<byte[], byte[]>> firstOccurrences(String topic, Set<String> poison) {
    var seen = new HashSet<String>();
    var first = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (var record : system.topics().since(topic, Map.of())) {
      if (Poison.is(record)) {
        Poison.deadLetter(record).ifPresent(poison::add);
      } else if (seen.add(Topics.header(record, "ce_id"))) {
        first.add(record);
      } else {
        duplicates++;
      }
    }
    return first;
  }

  private static Snapshot.Change change(String topic, JsonNode event) {
    return new Snapshot.Change(
        topic,
        event.path("orderId").asString(),
        event.path("version").asLong(),
        event.path("status").asString(event.path("state").asString("")));
  }

  private static Snapshot.Command command(ConsumerRecord<byte[], byte[]> record) {
    return new Snapshot.Command(
        Topics.header(record, "ce_sagaid"),
        Topics.header(record, "ce_step"),
        Topics.header(record, "ce_direction"));
  }

  private List<Snapshot.Order> orders() {
    return system
        .database(Service.ORDER)
        .rows(
            "select id, status, total_minor, currency from orders",
            row ->
                new Snapshot.Order(
                    row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
  }

  private List<Snapshot.Saga> sagas() {
    return system
        .database(Service.ORDER)
        .rows(
            "select id, business_key, type, state from saga",
            row ->
                new Snapshot.Saga(
                    row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  private List<Snapshot.Payment> payments() {
    return system
        .database(Service.PAYMENT)
        .rows(
            "select order_id, state, minor, currency from payment",
            row ->
                new Snapshot.Payment(
                    row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
  }

  private List<Snapshot.Entry> entries() {
    return system
        .database(Service.PAYMENT)
        .rows(
            """
            select e.movement_id, e.account, coalesce(p.order_id::text, ''), e.currency, e.minor
            from ledger_entry e left join payment p on p.id = e.payment_id
            """,
            row ->
                new Snapshot.Entry(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5)));
  }

  private List<Snapshot.Reservation> reservations() {
    return system
        .database(Service.INVENTORY)
        .rows(
            "select order_id, state, lines from reservation",
            row ->
                new Snapshot.Reservation(
                    row.getString(1), row.getString(2), lines(row.getString(3))));
  }

  private static Map<String, Long> lines(String json) {
    var lines = new HashMap<String, Long>();
    JSON.readTree(json)
        .forEach(
            line ->
                lines.merge(
                    line.path("sku").asString(), line.path("quantity").asLong(), Long::sum));
    return lines;
  }

  private List<Snapshot.Shelf> shelves() {
    return system
        .database(Service.INVENTORY)
        .rows(
            """
            select s.sku, s.on_hand, s.reserved, coalesce(sum(a.quantity), 0)
            from stock s left join adjustment a on a.sku = s.sku
            group by s.sku, s.on_hand, s.reserved
            """,
            row ->
                new Snapshot.Shelf(
                    row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
  }

  /**
   * Orders have a history. Payments and reservations remember their state and how many they had:
   * the way to it is the only one there is.
   */
  private List<Snapshot.Change> committed() {
    var changes = new ArrayList<Snapshot.Change>();
    changes.addAll(
        system
            .database(Service.ORDER)
            .rows(
                "select order_id, version, status from order_history",
                row ->
                    new Snapshot.Change(
                        "order.events", row.getString(1), row.getLong(2), row.getString(3))));
    payments()
        .forEach(each -> changes.addAll(way("payment.events", each.orderId(), paid(each.state()))));
    reservations()
        .forEach(
            each -> changes.addAll(way("inventory.events", each.orderId(), held(each.state()))));
    return changes;
  }

  private static List<String> paid(String state) {
    return switch (state) {
      case "DECLINED" -> List.of("DECLINED");
      case "VOIDED" -> List.of("AUTHORIZED", "VOIDED");
      default -> PAYMENT_STATES.subList(0, PAYMENT_STATES.indexOf(state) + 1);
    };
  }

  private static List<String> held(String state) {
    return switch (state) {
      case "HELD" -> List.of("HELD");
      case "RESTOCKED" -> List.of("HELD", "COMMITTED", "RESTOCKED");
      default -> List.of("HELD", state);
    };
  }

  private static List<Snapshot.Change> way(String topic, String orderId, List<String> states) {
    var way = new ArrayList<Snapshot.Change>();
    for (var state : states) {
      way.add(new Snapshot.Change(topic, orderId, way.size() + 1L, state));
    }
    return way;
  }

  private Map<String, Long> outboxes() {
    var depths = new TreeMap<String, Long>();
    for (var service : Service.values()) {
      depths.put(
          service.toString(),
          system
              .database(service)
              .number(
                  "select (select count(*) from outbox) + (select count(*) from outbox_parked)"));
    }
    return depths;
  }

  private List<String> deadLetters() {
    var letters = new ArrayList<String>();
    for (var service : Service.values()) {
      letters.addAll(
          system
              .database(service)
              .rows(
                  """
                  select topic || coalesce('@' || partition_no || ':' || partition_offset, '#' || id)
                  from dead_letter
                  """,
                  row -> row.getString(1)));
    }
    return letters;
  }

  private List<String> own() {
    var complaints = new ArrayList<String>();
    for (var service : Service.values()) {
      var answer = Http.get(system.management(service, 0).resolve("consistency")).json();
      if (!answer.path("consistent").asBoolean(false)) {
        complaints.add(service + ": " + answer);
      }
    }
    return complaints;
  }
}
