package dev.allsquare.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Holds every order against its sagas, its history, its payment and its reservation, over three
 * databases that share nothing but its id; and every shelf against what came and went.
 */
record Audit(RunningSystem system) {

  private static final int ENOUGH = 20;

  /** Everything the databases know of one order. */
  private record Case(
      String id,
      List<String> order,
      List<String> sagas,
      List<String> payments,
      List<String> reservations) {

    /** Order and sagas, and which payments and reservations go with them. */
    boolean isSquare() {
      return order.size() == 1
          && switch (order.getFirst() + " " + sagas) {
            case "CONFIRMED [PlaceOrder COMPLETED]" -> paid("CAPTURED") && held("COMMITTED");
            case "REJECTED [PlaceOrder COMPENSATED]", "CANCELLED [PlaceOrder COMPENSATED]" ->
                (none(payments) || payments.equals(List.of("DECLINED")) || paid("VOIDED"))
                    && (none(reservations) || held("RELEASED"));
            case "CANCELLED [CancelOrder COMPLETED, PlaceOrder COMPLETED]" ->
                paid("REFUNDED") && held("RESTOCKED");
            default -> false;
          };
    }

    private boolean paid(String state) {
      return payments.equals(List.of(state));
    }

    private boolean held(String state) {
      return reservations.equals(List.of(state));
    }

    private static boolean none(List<String> states) {
      return states.isEmpty();
    }
  }

  List<String> complaints() {
    return Stream.of(cases(), prices(), history(), stock(), ledger())
        .flatMap(List::stream)
        .limit(ENOUGH)
        .toList();
  }

  /** Orders that are not settled, or settled otherwise in another service. */
  private List<String> cases() {
    var orders = byOrder(Service.ORDER, "select id::text, status from orders");
    var sagas =
        byOrder(
            Service.ORDER,
            "select business_key, type || ' ' || state from saga order by business_key, type");
    var payments = byOrder(Service.PAYMENT, "select order_id::text, state from payment");
    var reservations = byOrder(Service.INVENTORY, "select order_id::text, state from reservation");
    var ids = new TreeSet<String>();
    Stream.of(orders, sagas, payments, reservations).map(Map::keySet).forEach(ids::addAll);
    return ids.stream()
        .map(
            id ->
                new Case(
                    id,
                    orders.getOrDefault(id, List.of()),
                    sagas.getOrDefault(id, List.of()),
                    payments.getOrDefault(id, List.of()),
                    reservations.getOrDefault(id, List.of())))
        .filter(Predicate.not(Case::isSquare))
        .map(Case::toString)
        .toList();
  }

  /** Captured minus refunded is the price of a live order. */
  private List<String> prices() {
    var prices =
        byOrder(
            Service.ORDER,
            "select id::text, total_minor || ' ' || currency from orders where status = 'CONFIRMED'");
    var captured =
        byOrder(
            Service.PAYMENT,
            "select order_id::text, minor || ' ' || currency from payment where state = 'CAPTURED'");
    return prices.entrySet().stream()
        .filter(price -> !price.getValue().equals(captured.get(price.getKey())))
        .map(price -> "price and capture of " + price + " and " + captured.get(price.getKey()))
        .toList();
  }

  /** The history counts every version once, and ends where the order is. */
  private List<String> history() {
    return orders()
        .rows(
            """
            select o.id, o.status, o.version, h.statuses
            from orders o
            left join (select order_id, count(*) as changes, min(version) as first, max(version) as last,
                              array_agg(status order by version) as statuses
                       from order_history group by order_id) h on h.order_id = o.id
            where h.order_id is null or h.changes <> o.version or h.first <> 1 or h.last <> o.version
               or h.statuses[1] <> 'PENDING' or h.statuses[array_upper(h.statuses, 1)] <> o.status
            """,
            row ->
                "history of order %s, %s in version %d: %s"
                    .formatted(
                        row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
  }

  /** What is on a shelf is what came by hand less what was sold; held is what reservations hold. */
  private List<String> stock() {
    return new Database(system.jdbcUrl(Service.INVENTORY))
        .rows(
            """
            with line as (
              select r.state, l ->> 'sku' as sku, (l ->> 'quantity')::bigint as quantity
              from reservation r cross join jsonb_array_elements(r.lines) l)
            select s.sku, s.on_hand, s.reserved, a.came, l.sold, l.held
            from stock s
            left join (select sku, sum(quantity) as came from adjustment group by sku) a
              on a.sku = s.sku
            left join (select sku, sum(quantity) filter (where state = 'COMMITTED') as sold,
                              sum(quantity) filter (where state = 'HELD') as held
                       from line group by sku) l on l.sku = s.sku
            where s.on_hand <> coalesce(a.came, 0) - coalesce(l.sold, 0)
               or s.reserved <> coalesce(l.held, 0)
            """,
            row ->
                "stock of %s: on hand %d, reserved %d, came %d, sold %d, held %d"
                    .formatted(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)));
  }

  /** Every movement posts a balanced pair, and the accounts say what wallets and payments say. */
  private List<String> ledger() {
    return new Database(system.jdbcUrl(Service.PAYMENT))
        .rows(
            """
            select 'movement ' || movement_id || ' is off by ' || sum(minor)
            from ledger_entry group by movement_id having sum(minor) <> 0
            union all
            select 'wallet ' || w.customer_id || ' has ' || available || ' and ' || held || ' '
                || w.currency || ', its accounts ' || a.in_hand || ' and ' || a.on_hold
            from wallet w
            join (select customer_id, currency,
                         coalesce(sum(minor) filter (where account = 'AVAILABLE'), 0) as in_hand,
                         coalesce(sum(minor) filter (where account = 'HELD'), 0) as on_hold
                  from ledger_entry where customer_id is not null
                  group by customer_id, currency) a using (customer_id, currency)
            where available <> a.in_hand or held <> a.on_hold
            union all
            select 'captured are ' || p.captured || ' ' || p.currency || ', the merchant has ' || m.earned
            from (select currency, sum(minor) filter (where state = 'CAPTURED') as captured
                  from payment group by currency) p
            left join (select currency, sum(minor) as earned
                       from ledger_entry where account = 'MERCHANT' group by currency) m using (currency)
            where coalesce(p.captured, 0) <> abs(coalesce(m.earned, 0))
            """,
            row -> row.getString(1));
  }

  private Map<String, List<String>> byOrder(Service service, String sql) {
    var byOrder = new HashMap<String, List<String>>();
    new Database(system.jdbcUrl(service))
        .rows(
            sql,
            row ->
                byOrder
                    .computeIfAbsent(row.getString(1), id -> new ArrayList<>(2))
                    .add(row.getString(2)));
    return byOrder;
  }

  private Database orders() {
    return new Database(system.jdbcUrl(Service.ORDER));
  }
}
