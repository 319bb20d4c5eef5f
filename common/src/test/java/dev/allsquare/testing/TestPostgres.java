package dev.allsquare.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server per JVM; every caller gets a database of its own. */
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
    try (var connection = SERVER.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("could not create database " + name, e);
    }
    return SERVER.getJdbcUrl("postgres", name) + "&" + OPTIONS;
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("max_connections", "300")
          .setServerConfig("shared_buffers", "128MB")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start", e);
    }
  }
}
