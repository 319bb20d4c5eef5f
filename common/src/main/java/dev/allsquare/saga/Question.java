package dev.allsquare.saga;

import dev.allsquare.saga.SagasEndpoint.State;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people ask for, as SQL whose cost does not grow with the table: what an index answers
 * narrows it down, newest first (version 7 ids ascend with time), and of that a limited number is
 * looked at. States stand in the statements themselves, where partial indexes can be matched with
 * them.
 */
final class Question {

  /** How many sagas one call looks at, whether they are as asked or not. */
  static final int LOOKED_AT = 50_000;

  private static final String LIVE = "state in ('RUNNING', 'COMPENSATING', 'PARKED')";

  /** Clocks of services and database may differ by less than a minute; the rest is exact. */
  private static final String STARTED_BEFORE =
      "id < rpad(lpad(to_hex(((extract(epoch from now()) - :age + 60) * 1000)::bigint), 12, '0'),"
          + " 32, '0')::uuid";

  private final Where narrow = new Where();
  private final Where rest = new Where();
  private final boolean byKey;

  Question(@Nullable State state, SagaFilter filter, @Nullable UUID after) {
    var age = filter.olderThan() == null ? null : filter.olderThan().toMillis() / 1000.0;
    byKey = filter.key() != null;
    narrow.and("business_key = :key", filter.key());
    (isIndexed(state) ? narrow : rest).and("state = '" + state + "'", state);
    narrow.and(LIVE, state == null ? filter.step() : null); // only those wait for a step
    narrow.and(STARTED_BEFORE, age);
    narrow.and("id < :after", after);
    rest.and("type = :type", filter.type());
    rest.and("created_at <= clock_timestamp() - make_interval(secs => :age)", age);
    rest.and(":step = any(waiting_for)", filter.step());
    rest.and(
        "position(lower(:reason) in lower(concat_ws(' ', reason, parked))) > 0", filter.reason());
  }

  private static boolean isIndexed(@Nullable State state) {
    return switch (state) {
      case RUNNING, COMPENSATING, PARKED, COMPENSATED -> true;
      case COMPLETED -> false; // nearly all
      case null -> false;
    };
  }

  String page(String columns, int limit) {
    return "select %s from (select * from %s order by id desc limit %d) as looked_at%s order by id desc limit %d"
        .formatted(columns, narrowed(), LOOKED_AT, rest, limit);
  }

  /** The last saga that was looked at, if there were too many. */
  String end() {
    return "select id from %s order by id desc offset %d limit 1"
        .formatted(narrowed(), LOOKED_AT - 1);
  }

  /** All of those that are narrowed down are looked at: for parked ones, which are few. */
  String oldest(int limit) {
    return "select * from (select * from %s) as looked_at%s order by id limit %d"
        .formatted(narrowed(), rest, limit);
  }

  /** A key has few sagas: they are fetched first, however the planner guesses. */
  private String narrowed() {
    return byKey ? "(select * from saga" + narrow + " offset 0) as of_key" : "saga" + narrow;
  }

  Map<String, Object> parameters() {
    var parameters = new HashMap<>(narrow.parameters());
    parameters.putAll(rest.parameters());
    return parameters;
  }
}
