package dev.allsquare.benchmarks.kit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** What a phase cost the database, and the process it ran in. */
final class Meter implements AutoCloseable {

  /** Transaction ids are exact and at hand; pg_stat_database counts commits seconds later. */
  private static final String WRITING_TRANSACTIONS =
      "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

  private record Reading(long transactions, long wal, double postgresCpu, double ownCpu) {}

  private final Connection connection;
  private final long postmaster;
  private Reading begin;

  private Meter(Connection connection) throws SQLException {
    this.connection = connection;
    this.postmaster = Cpu.parent(Sql.number(connection, "select pg_backend_pid()"));
    this.begin = read();
  }

  static Meter of(Setup setup) throws SQLException {
    return new Meter(DriverManager.getConnection(setup.jdbcUrl()));
  }

  void begin() throws SQLException {
    begin = read();
  }

  /** Costs since the begin, for one of so many. */
  void putInto(Map<String, Double> figures, long count) throws SQLException {
    var end = read();
    figures.put("transactions each", (end.transactions - begin.transactions) / (double) count);
    figures.put("WAL bytes each", (end.wal - begin.wal) / (double) count);
    figures.put("PostgreSQL CPU s/1000", 1_000 * (end.postgresCpu - begin.postgresCpu) / count);
    figures.put("own CPU s/1000", 1_000 * (end.ownCpu - begin.ownCpu) / count);
  }

  private Reading read() throws SQLException {
    return new Reading(
        Sql.number(connection, WRITING_TRANSACTIONS),
        Sql.number(connection, "select pg_current_wal_lsn() - '0/0'"),
        Cpu.ofFamily(postmaster),
        Cpu.ofThisProcess());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
