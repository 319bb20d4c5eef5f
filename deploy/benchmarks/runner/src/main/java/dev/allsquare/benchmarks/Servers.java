package dev.allsquare.benchmarks;

import dev.allsquare.local.Progress;
import dev.allsquare.local.RunningTopology;
import dev.allsquare.local.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The PostgreSQL and the Kafka of deploy/local, with its settings; the services run for those who
 * measure them, and are stopped for the others.
 */
final class Servers implements AutoCloseable {

  static final List<String> SERVICES =
      List.of("order-service", "payment-service", "inventory-service");

  private final Path data;
  private final RunningTopology topology;
  private int databases;

  private Servers(Path data, RunningTopology topology) {
    this.data = data;
    this.topology = topology;
  }

  static Servers start(Path home) {
    Path data = home.resolve("deploy/benchmarks/target/data");
    delete(data);
    System.out.println("starting PostgreSQL, Kafka and the services");
    return new Servers(data, Topology.in(data).randomPorts().start(Progress.silent()));
  }

  Servers withoutServices() {
    SERVICES.forEach(topology::stop);
    return this;
  }

  RunningTopology topology() {
    return topology;
  }

  /** An empty database of the superuser's. */
  String newDatabase() {
    String name = "bench" + databases++;
    execute("create database " + name);
    return url(name);
  }

  void dropDatabase(String url) {
    String name = url.replaceAll(".*/(bench\\d+)\\?.*", "$1");
    execute(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = '%s' and not active"
            .formatted(name));
    execute("drop database " + name + " with (force)");
    execute("checkpoint");
  }

  /** Takes a restart; only change data capture wants more than the default. */
  void setWalLevel(String level) {
    if (!asked("show wal_level").equals(level)) {
      execute("alter system set wal_level = " + level);
      topology.stop("postgres");
      topology.start("postgres");
    }
  }

  String asked(String query) {
    try (var connection = connect("postgres");
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  private void execute(String sql) {
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  /** The superuser has the password of all roles. */
  private String url(String database) {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(data.resolve("topology.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "jdbc:postgresql://127.0.0.1:%s/%s?user=postgres&password=%s"
        .formatted(
            properties.getProperty("port.postgres"), database, properties.getProperty("password"));
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not wipe " + directory, e);
    }
  }

  @Override
  public void close() {
    topology.close();
    delete(data);
  }
}
