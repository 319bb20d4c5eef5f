package dev.allsquare.inbox;

import dev.allsquare.message.Uuid7;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes and drops the partitions of a table that is partitioned by ids.
 *
 * <p>New ones are created aside and attached, old ones are detached concurrently and dropped:
 * neither takes a lock that reading or writing the table would wait for. Replicas take turns by an
 * advisory lock. A run that was cut off in the middle is completed by the next one.
 */
final class Partitions {

  static final long ADVISORY_LOCK = 0x616c6c7371L; // "allsq"

  private static final int PATIENCE_MILLIS = 600_000;

  private final JdbcTemplate jdbc;

  Partitions(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What a table shall have.
   *
   * @param days how many days one partition spans
   * @param from partitions that end before this are dropped
   * @param until partitions up to this are made
   * @param forever nothing is dropped, and the oldest partition holds all that came before it
   */
  record Plan(String table, int days, Instant from, Instant until, boolean forever) {

    boolean holds(String partition, List<String> attached) {
      return attached.contains(partition)
          || (forever && !attached.isEmpty() && partition.compareTo(attached.getFirst()) < 0);
    }
  }

  private record Partition(String name, boolean attached, boolean detaching) {}

  Instant databaseTime() {
    var time = jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class);
    return Objects.requireNonNull(time).toInstant();
  }

  /** Brings the tables to plan; waits for another replica that is at it. */
  void keep(List<Plan> plans) {
    jdbc.execute(
        (Connection connection) -> {
          // Both this lock and a detachment wait for others, who may take their time.
          connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
          var locked = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
          locked.query("select pg_advisory_lock(?)", _ -> {}, ADVISORY_LOCK);
          try {
            plans.forEach(plan -> keep(locked, plan));
          } finally {
            locked.query("select pg_advisory_unlock(?)", _ -> {}, ADVISORY_LOCK);
          }
          return null;
        });
  }

  private static void keep(JdbcTemplate jdbc, Plan plan) {
    List<Partition> existing = existing(jdbc, plan.table());
    create(jdbc, plan, existing);
    if (!plan.forever()) {
      dropOld(jdbc, plan, existing);
    }
  }

  private static void dropOld(JdbcTemplate jdbc, Plan plan, List<Partition> existing) {
    String oldest = nameOf(plan.table(), firstDay(plan));
    existing.stream()
        .filter(it -> it.name().compareTo(oldest) < 0)
        .forEach(it -> drop(jdbc, plan.table(), it));
  }

  /** All that is missing at once: one round trip, one commit. */
  private static void create(JdbcTemplate jdbc, Plan plan, List<Partition> existing) {
    List<String> attached =
        existing.stream().filter(Partition::attached).map(Partition::name).toList();
    var missing = new StringBuilder();
    LocalDate next;
    for (var day = firstDay(plan); !startOf(day).isAfter(plan.until()); day = next) {
      next = day.plusDays(plan.days());
      String name = nameOf(plan.table(), day);
      if (!plan.holds(name, attached)) {
        missing.append(creation(plan.table(), name, day, next));
      }
    }
    if (!missing.isEmpty()) {
      jdbc.execute(missing.toString());
    }
  }

  private static String creation(String table, String name, LocalDate from, LocalDate until) {
    return """
    create table if not exists %2$s (like %1$s including defaults including constraints);
    alter table %1$s attach partition %2$s for values from ('%3$s') to ('%4$s');
    """
        .formatted(table, name, Uuid7.floor(startOf(from)), Uuid7.floor(startOf(until)));
  }

  /** Counted from the epoch, so that every run finds the same bounds. */
  private static LocalDate firstDay(Plan plan) {
    long day = plan.from().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    return LocalDate.ofEpochDay(day - Math.floorMod(day, plan.days()));
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static String nameOf(String table, LocalDate day) {
    return table + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static List<Partition> existing(JdbcTemplate jdbc, String table) {
    return jdbc.query(
        """
        select c.relname, i.inhrelid is not null as attached,
               coalesce(i.inhdetachpending, false) as detaching
        from pg_class c left join pg_inherits i
          on i.inhrelid = c.oid and i.inhparent = to_regclass(?)
        where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
          and c.relname ~ ?
        order by c.relname
        """,
        (rs, _) ->
            new Partition(
                rs.getString("relname"), rs.getBoolean("attached"), rs.getBoolean("detaching")),
        table,
        "^" + table + "_[0-9]{8}$");
  }

  private static void drop(JdbcTemplate jdbc, String table, Partition partition) {
    if (partition.attached()) {
      String how = partition.detaching() ? "finalize" : "concurrently";
      jdbc.execute("alter table %s detach partition %s %s".formatted(table, partition.name(), how));
    }
    jdbc.execute("drop table " + partition.name());
  }
}
