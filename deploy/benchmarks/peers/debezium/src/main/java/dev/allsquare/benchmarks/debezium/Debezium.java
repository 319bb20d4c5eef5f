package dev.allsquare.benchmarks.debezium;

import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.benchmarks.kit.Event;
import dev.allsquare.benchmarks.kit.OutboxPeer;
import dev.allsquare.benchmarks.kit.OutboxRun;
import dev.allsquare.benchmarks.kit.Setup;
import dev.allsquare.benchmarks.kit.Sql;
import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an outbox table are read from the write-ahead log, and acknowledged to it once the broker
 * has them.
 */
public final class Debezium implements OutboxPeer {

  private static final String TABLE =
      """
      create table outbox (id uuid primary key, aggregatetype text not null, aggregateid text not null,
                           type text not null, payload text not null)
      """;

  private final Setup setup;
  private final HikariDataSource pool;
  private final KafkaProducer<String, String> producer;
  private final Path offsets;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private @Nullable DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;

  private Debezium(Setup setup) throws SQLException, IOException {
    this.setup = setup;
    this.pool = setup.pool(10);
    this.offsets = Files.createTempFile("benchmark", ".offsets");
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", setup.kafka(), "acks", "all", "batch.size", 128 * 1024),
            new StringSerializer(),
            new StringSerializer());
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }

  public static void main(String[] args) throws Exception {
    OutboxRun.main(args, Debezium::new);
  }

  @Override
  public void publish(List<Event> events) throws SQLException {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      Event.book(connection, events);
      insert(connection, events);
      connection.commit();
    }
  }

  private void insert(Connection connection, List<Event> events) throws SQLException {
    try (var statement =
        connection.prepareStatement("insert into outbox values (?, ?, ?, 'booked', ?)")) {
      for (var event : events) {
        statement.setObject(1, UUID.randomUUID());
        statement.setString(2, setup.text("topic"));
        statement.setString(3, event.key());
        statement.setString(4, event.json());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  @Override
  public void startRelaying() {
    engine = DebeziumEngine.create(Connect.class).using(properties()).notifying(this::send).build();
    thread.execute(engine);
    awaitSlot();
  }

  private Properties properties() {
    var properties = new Properties();
    var url = URI.create(setup.jdbcUrl().substring("jdbc:".length()));
    properties.putAll(
        Map.of(
            "name",
            "benchmark",
            "connector.class",
            "io.debezium.connector.postgresql.PostgresConnector",
            "offset.storage",
            "org.apache.kafka.connect.storage.FileOffsetBackingStore",
            "offset.storage.file.filename",
            offsets.toString(),
            "database.hostname",
            url.getHost(),
            "database.port",
            "" + url.getPort(),
            "database.dbname",
            url.getPath().substring(1),
            "database.user",
            "postgres",
            "database.password",
            url.getQuery().replaceAll(".*password=([^&]*).*", "$1")));
    properties.putAll(
        Map.of(
            "topic.prefix", "benchmark",
            "plugin.name", "pgoutput",
            "slot.name", slot(),
            "publication.name", slot(),
            "publication.autocreate.mode", "filtered",
            "table.include.list", "public.outbox",
            "snapshot.mode", "no_data",
            "transforms", "outbox",
            "transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter",
            "transforms.outbox.route.topic.replacement", "${routedByValue}"));
    if (setup.is("tuned")) {
      properties.putAll(
          Map.of("poll.interval.ms", "5", "max.batch.size", "8192", "max.queue.size", "32768"));
    }
    return properties;
  }

  private String slot() {
    return setup.text("topic").replace('-', '_');
  }

  /** Sees nothing of what is committed before it. */
  private void awaitSlot() {
    var query =
        "select count(*) from pg_replication_slots where active and slot_name = '" + slot() + "'";
    try (var connection = pool.getConnection()) {
      while (Sql.number(connection, query) == 0) {
        Thread.sleep(20);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(
      List<ChangeEvent<SourceRecord, SourceRecord>> changes,
      RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
      throws InterruptedException {
    var sent = new ArrayList<Future<?>>();
    for (var change : changes) {
      var source = change.value();
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  source.topic(), (String) source.key(), (String) source.value())));
    }
    try {
      for (var future : sent) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    for (var change : changes) {
      committer.markProcessed(change);
    }
    committer.markBatchFinished();
  }

  @Override
  public void stopRelaying() throws IOException {
    var running = engine;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    try {
      stopRelaying();
      thread.shutdownNow();
      producer.close();
      pool.close();
      Files.deleteIfExists(offsets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
