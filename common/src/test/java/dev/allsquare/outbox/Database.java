package dev.allsquare.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.message.Message;
import dev.allsquare.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service's database and, as often as a test wants, its relay. */
final class Database implements AutoCloseable {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final HikariDataSource dataSource = open();
  final JdbcTemplate template = new JdbcTemplate(dataSource);
  final JdbcClient jdbc = JdbcClient.create(template);
  final JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
  final TransactionTemplate transactions = new TransactionTemplate(manager);
  final OutboxTable table = new OutboxTable(template);
  final ParkedKeys parkedKeys = new ParkedKeys(template, transactions);
  final Mailbox mailbox = new Mailbox();
  private final ParkedKeyRepairs repairs = new ParkedKeyRepairs(parkedKeys, mailbox);
  final Pages pages = new Pages(table, mailbox);
  final Outbox outbox = new Outbox(table, pages);

  Database() {
    manager.addListener(pages);
    // A build shares its processors; only what never happens may fail a test.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/allsquare/messaging")
        .load()
        .migrate();
  }

  /** Settings that make a test wait for nothing. */
  static OutboxProperties quick() {
    return with(Duration.ofMillis(900), Duration.ofMillis(20));
  }

  static OutboxProperties with(Duration lease, Duration pollInterval) {
    return new OutboxProperties(
        true,
        1000,
        pollInterval,
        Duration.ofMillis(50),
        lease,
        Duration.ofMillis(10),
        Duration.ofMillis(200),
        10_000,
        Duration.ofSeconds(1));
  }

  /** Settings with which a topic is left aside once so many of its keys wait. */
  static OutboxProperties holding(int keysOfOneTopic) {
    var it = quick();
    return new OutboxProperties(
        true,
        50,
        it.pollInterval(),
        it.patience(),
        it.lease(),
        it.firstRetry(),
        it.longestRetry(),
        keysOfOneTopic,
        it.stopTimeout());
  }

  /** The relay of one more replica; nobody in this process wakes it. */
  RelayLoop replica(Sender sender, OutboxProperties settings) {
    return relay(sender, settings, new Mailbox());
  }

  /** The relay that {@link #outbox} wakes. */
  RelayLoop relay(Sender sender, OutboxProperties settings) {
    return relay(sender, settings, mailbox);
  }

  void commit(Collection<Message> messages) {
    transactions.executeWithoutResult(_ -> outbox.append(messages));
  }

  void commit(Message... messages) {
    commit(List.of(messages));
  }

  /** Whether the key was parked; it is not any more. */
  boolean release(String key) {
    return Boolean.TRUE.equals(transactions.execute(_ -> repairs.release(Messages.TOPIC, key)));
  }

  int count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private RelayLoop relay(Sender sender, OutboxProperties settings, Mailbox reachedBy) {
    var leases = new Leases(template, transactions, UUID.randomUUID().toString(), settings.lease());
    var metrics = new RelayMetrics(meters, Clock.systemUTC());
    var relay = new Relay(table, parkedKeys, leases, sender, reachedBy, metrics, settings);
    return new RelayLoop(relay, reachedBy);
  }

  private static HikariDataSource open() {
    var config = new HikariConfig();
    config.setJdbcUrl(TestPostgres.newDatabase());
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(2_000);
    return new HikariDataSource(config);
  }
}
