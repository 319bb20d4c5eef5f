package dev.allsquare.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** PostgreSQL with durable settings, one database and one role per service. */
record PostgresServer(Plan plan) implements Part {

  static final String NAME = "postgres";

  private static final String SUPERUSER = "postgres";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "listen_addresses", Ports.HOST,
          "unix_socket_directories", "",
          "shared_buffers", "128MB",
          "max_wal_size", "2GB",
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "jit", "off");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return plan.ports().of(NAME);
  }

  @Override
  public void prepare(Progress progress) throws IOException, InterruptedException {
    if (!Files.exists(cluster().resolve("PG_VERSION"))) {
      progress.says("postgres: a new cluster");
      initialise();
    }
    forgetTheDead();
  }

  /**
   * A killed server leaves its lock file. PostgreSQL takes a zombie for a living server, and where
   * nobody reaps zombies (a container without an init) it would never start again.
   */
  private void forgetTheDead() throws IOException {
    Path lock = cluster().resolve("postmaster.pid");
    if (Files.exists(lock)) {
      long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
      if (Birth.of(pid).isEmpty()) {
        Files.delete(lock);
      }
    }
  }

  /**
   * A cluster only gets its name when it is whole: an interrupted initdb leaves no half one behind.
   */
  private void initialise() throws IOException, InterruptedException {
    Files.createDirectories(base());
    Path draft = base().resolve("cluster.draft");
    Directories.delete(draft);
    Path passwordFile = base().resolve("password.draft");
    OwnerOnly.write(
        passwordFile, out -> out.write(plan.password().getBytes(StandardCharsets.UTF_8)));
    var account = ServerAccount.forDirectory(base());
    var command = new ArrayList<>(account.prefix());
    command.addAll(
        List.of(
            program("initdb"),
            "--pgdata=" + draft,
            "--username=" + SUPERUSER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums"));
    Commands.run(command, base(), plan.log(NAME));
    Files.delete(passwordFile);
    Files.move(draft, cluster());
  }

  @Override
  public Launch launch() {
    var command = new ArrayList<>(ServerAccount.forDirectory(base()).prefix());
    command.add(program("postgres"));
    command.addAll(List.of("-D", cluster().toString(), "-p", Integer.toString(port())));
    command.addAll(List.of("-c", "max_connections=" + (100 + 75 * plan.replicas())));
    SETTINGS.forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
    return new Launch(command, Map.of(), base());
  }

  @Override
  public boolean isReady() {
    if (!Ports.answers(Ports.HOST, port())) {
      return false;
    }
    try (var connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** There is no psql in the archive. What is already there stays as it is. */
  @Override
  public void complete() {
    try (var connection = connect()) {
      for (var kind : ServiceKind.values()) {
        createIfMissing(connection, kind.database());
      }
    } catch (SQLException e) {
      throw new TopologyException("Could not create the services' databases: " + e.getMessage(), e);
    }
  }

  private void createIfMissing(Connection connection, String name) throws SQLException {
    try (var statement = connection.createStatement()) {
      if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
        statement.execute("create role " + name + " login password '" + plan.password() + "'");
      }
      if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
        statement.execute("create database " + name + " owner " + name);
        // No service may even look into another's database.
        statement.execute("revoke all on database " + name + " from public");
      }
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", plan.password());
    properties.setProperty("connectTimeout", "2");
    return DriverManager.getConnection(plan.jdbcUrl(SUPERUSER), properties);
  }

  /** Fast shutdown: TERM would wait until the last client has gone. */
  @Override
  public Signal stopSignal() {
    return Signal.INT;
  }

  private Path base() {
    return plan.data().resolve(NAME);
  }

  private Path cluster() {
    return base().resolve("cluster");
  }

  private String program(String name) {
    try {
      return PostgresArchive.unpacked(plan.home()).resolve("bin").resolve(name).toString();
    } catch (IOException e) {
      throw new TopologyException("Could not unpack PostgreSQL: " + e.getMessage(), e);
    }
  }
}
