package dev.allsquare.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;

/**
 * One PostgreSQL server per JVM; every caller gets a database of its own. It ends after the
 * contexts that Spring closes when the JVM does: a relay without its database would wait for it.
 */
public final class TestPostgres {

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** What services' connections have: plans are kept, and must not depend on a table's size. */
  private static final String OPTIONS =
      "options=-c%20plan_cache_mode=force_generic_plan%20-c%20enable_seqscan=off";

  /** The JDBC URL of a new, empty database; user and password are part of it. */
  public static String newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("create database " + name);
    return SERVER.getJdbcUrl("postgres", name) + "&" + OPTIONS;
  }

  /**
   * A new, empty database as a careful operator sets it up: one role owns it and migrates, the
   * service works under another one, of which the first is a member.
   *
   * @param ownersUrl the JDBC URL for the role that migrates
   * @param servicesUrl the JDBC URL for the service
   * @param serviceRole the service's role
   */
  public record TwoRoles(String ownersUrl, String servicesUrl, String serviceRole) {}

  public static TwoRoles newDatabaseOfTwoRoles() {
    String name = "test_" + DATABASES.incrementAndGet();
    String owner = name + "_owner";
    execute(
        "create role " + name + " login",
        "create role " + owner + " login",
        "grant " + name + " to " + owner,
        "create database " + name + " owner " + owner);
    return new TwoRoles(
        SERVER.getJdbcUrl(owner, name), SERVER.getJdbcUrl(name, name) + "&" + OPTIONS, name);
  }

  private static void execute(String... statements) {
    try (var connection = SERVER.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("could not create a database", e);
    }
  }

  private static EmbeddedPostgres start() {
    try {
      var server =
          EmbeddedPostgres.builder()
              .setRegisterShutdownHook(false)
              .setServerConfig("max_connections", "300")
              .setServerConfig("shared_buffers", "128MB")
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .start();
      SpringApplication.getShutdownHandlers().add(() -> close(server));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start", e);
    }
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not end", e);
    }
  }
}
