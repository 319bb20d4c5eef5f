package dev.allsquare.order.web;

import dev.allsquare.database.WholeTables;
import dev.allsquare.message.Uuid7;
import dev.allsquare.order.reconciling.Reconciliation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.client.RestClientException;

/**
 * Whether every order agrees with its saga and its history. One statement, so one snapshot: what it
 * names was never a passing state.
 */
@Component
@Endpoint(id = "consistency")
class ConsistencyEndpoint {

  private static final int MOST_NAMED = 100;
  private static final int DEFAULT_DAYS = 30;

  private static final String SQL =
      """
      select o.id, o.status,
             case when s.id is null then 'it has no saga'
                  when not saga_agrees then 'its ' || s.type || ' saga is ' || s.state
                  else 'its history tells something else'
             end as what
      from orders o
      left join saga s on s.id = o.saga_id
      left join lateral (
        select count(*) as entries, max(h.version) as newest,
               (array_agg(h.status order by h.version desc))[1] as status
        from order_history h where h.order_id = o.id
      ) h on true
      cross join lateral (
        select coalesce(
          case o.status
            when 'PENDING'    then s.state in ('RUNNING', 'COMPENSATING', 'PARKED')
            when 'CANCELLING' then s.state in ('RUNNING', 'COMPENSATING', 'PARKED')
            when 'CONFIRMED'  then s.state = 'COMPLETED' and s.type = 'PlaceOrder'
            when 'REJECTED'   then s.state = 'COMPENSATED'
            when 'CANCELLED'  then s.state = case s.type
                                               when 'PlaceOrder' then 'COMPENSATED'
                                               else 'COMPLETED' end
          end,
          s.id is null and o.status in ('CONFIRMED', 'REJECTED', 'CANCELLED')
            and o.updated_at < now() - make_interval(secs => ?)) as saga_agrees
      ) agreement
      where o.id >= ?
        and not (saga_agrees and h.status = o.status and h.newest = o.version
                 and h.entries = o.version)
      order by o.id
      limit ?
      """;

  /** An order that does not agree. */
  record Violation(UUID orderId, String status, String what) {}

  /**
   * The verdict.
   *
   * @param violations the oldest hundred at most
   */
  record Consistency(boolean consistent, List<Violation> violations) {}

  /** Whom an order can be held against beyond its own saga and history. */
  enum Others {
    PARTICIPANTS
  }

  private final WholeTables tables;
  private final Reconciliation reconciliation;
  private final Clock clock;
  private final Duration sagaRetention;

  /** A settled order outlives its saga. */
  ConsistencyEndpoint(
      PlatformTransactionManager manager,
      JdbcClient jdbc,
      Reconciliation reconciliation,
      Clock clock,
      @Value("${allsquare.saga.retention:90d}") Duration sagaRetention) {
    this.tables = new WholeTables(manager, jdbc);
    this.reconciliation = reconciliation;
    this.clock = clock;
    this.sagaRetention = sagaRetention;
  }

  /**
   * Checks the orders of the last days.
   *
   * @param days how many; 30 unless told
   */
  @ReadOperation
  Consistency consistency(@Nullable Integer days) {
    var violations =
        tables.read(
            jdbc ->
                jdbc.sql(SQL)
                    .params(sagaRetention.toSeconds(), since(days), MOST_NAMED)
                    .query(
                        (row, number) ->
                            new Violation(
                                row.getObject("id", UUID.class),
                                row.getString("status"),
                                row.getString("what")))
                    .list());
    return new Consistency(violations.isEmpty(), violations);
  }

  /**
   * Holds the orders of the last days against payments and reservations, over the services that
   * keep them; 503 when one of them gives no answer.
   *
   * @param after goes on where the call before stopped: its {@code next}
   */
  @ReadOperation
  WebEndpointResponse<Object> across(
      @Selector Others others, @Nullable Integer days, @Nullable UUID after) {
    try {
      return new WebEndpointResponse<>(reconciliation.after(after == null ? since(days) : after));
    } catch (RestClientException e) {
      return new WebEndpointResponse<>(Map.of("detail", String.valueOf(e.getMessage())), 503);
    }
  }

  private UUID since(@Nullable Integer days) {
    return Uuid7.floor(clock.instant().minus(Duration.ofDays(days == null ? DEFAULT_DAYS : days)));
  }
}
