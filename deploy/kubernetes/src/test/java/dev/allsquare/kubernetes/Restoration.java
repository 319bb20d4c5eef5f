package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * Takes one service's database back to an earlier moment, as its operator would: a base backup, and
 * the log up to that moment.
 */
final class Restoration {

  private static final String DATA = "/var/lib/postgresql/18/docker";

  private final Cluster cluster;
  private final String service;
  private final String database;
  private final String copy;

  private Restoration(Cluster cluster, String service) {
    this.cluster = cluster;
    this.service = service;
    this.database = Project.DATABASES.get(service) + "-database";
    this.copy = "/var/lib/postgresql/18/restored-" + UUID.randomUUID();
  }

  /** Begins with the base backup. */
  static Restoration withBackupOf(Cluster cluster, String service) {
    var restoration = new Restoration(cluster, service);
    restoration.copyData();
    return restoration;
  }

  private void copyData() {
    try (var session = session()) {
      ask(session, "select pg_backup_start('rehearsal', true)");
      run("cp -a %s %s && cd %s && rm -rf pg_wal/* postmaster.*".formatted(data(), copy, copy));
      String label = ask(session, "select labelfile from pg_backup_stop()");
      run(
          "cd %s && touch recovery.signal && printf %%s '%s' > backup_label"
              .formatted(copy, label));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the server keeps its data now: this may be its second life. */
  private String data() {
    return cluster.pod(database).getEnvMap().getOrDefault("PGDATA", DATA);
  }

  /** The database's own clock. */
  String now() {
    try (var session = session()) {
      return ask(session, "select clock_timestamp()::text");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was committed after this moment is gone afterwards. */
  void to(String moment) {
    cluster.stop(service);
    keepTheLog();
    cluster.stop(database);
    cluster.startDatabase(
        database,
        copy,
        List.of(
            "-c", "restore_command=cp " + Cluster.ARCHIVE + "/%f %p",
            "-c", "recovery_target_time=" + moment,
            "-c", "recovery_target_action=promote"));
    Awaitility.await().until(this::isItself);
    cluster.startAgain(service);
  }

  private void keepTheLog() {
    try (var session = session()) {
      String segment = ask(session, "select pg_walfile_name(pg_switch_wal())");
      Awaitility.await()
          .until(
              () -> {
                String last =
                    ask(
                        session,
                        "select coalesce(max(last_archived_wal), '') from pg_stat_archiver");
                return last.compareTo(segment) >= 0;
              });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isItself() throws SQLException {
    try (var session = session()) {
      return ask(session, "select pg_is_in_recovery()").equals("f");
    }
  }

  private Connection session() throws SQLException {
    return DriverManager.getConnection(cluster.jdbcUrl(service, "postgres"));
  }

  private static String ask(Connection session, String question) throws SQLException {
    try (var statement = session.createStatement();
        var answer = statement.executeQuery(question)) {
      answer.next();
      return Objects.requireNonNullElse(answer.getString(1), "");
    }
  }

  private void run(String command) {
    try {
      var result = cluster.pod(database).execInContainer("sh", "-c", command);
      assertThat(result.getExitCode()).as(command + result.getStderr()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
