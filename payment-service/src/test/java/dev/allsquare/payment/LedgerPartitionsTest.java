package dev.allsquare.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.allsquare.message.Uuid7;
import dev.allsquare.testing.RealInfrastructure;
import dev.allsquare.testing.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** The service starts on a database that an older one has filled, and finds its ledger in it. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.server.port=0")
@ContextConfiguration(initializers = LedgerPartitionsTest.BooksOfVersion1.class)
@Import({Rest.class, Bank.class})
@DirtiesContext
class LedgerPartitionsTest {

  @Autowired private Rest rest;
  @Autowired private Bank bank;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;

  /**
   * The tables as version 1 made them: a deposit of each of the last four months, two sides each.
   */
  static final class BooksOfVersion1
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      new RealInfrastructure().initialize(context);
      String url = context.getEnvironment().getRequiredProperty("spring.flyway.url");
      Flyway.configure().dataSource(url, null, null).target("1").load().migrate();
      var jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
      jdbc.update("insert into wallet values ('old', 'EUR', 400, 0, now(), 0)");
      for (int month = 0; month < 4; month++) {
        deposit(jdbc, Instant.now().minus(Duration.ofDays(30L * month)));
      }
    }

    private static void deposit(JdbcTemplate jdbc, Instant at) {
      UUID movement = Uuid7.next(at);
      book(jdbc, movement, movement, "FUNDING", null, -100);
      book(jdbc, Uuid7.next(at), movement, "AVAILABLE", "old", 100);
    }

    private static void book(
        JdbcTemplate jdbc,
        UUID id,
        UUID movement,
        String account,
        @Nullable String customer,
        int minor) {
      jdbc.update(
          "insert into ledger_entry values (?, ?, 'DEPOSIT', ?, ?, 'EUR', ?, null, now())",
          id,
          movement,
          account,
          customer,
          minor);
    }
  }

  @Test
  void theOldBooksAreReadAndWrittenOn() {
    bank.deposit("old", "0.50 EUR").is(201);

    assertThat(bank.wallet("old")).isEqualTo("4.50+0.00 EUR");
    var statement = rest.get("/wallets/old/entries?limit=3").is(200).json();
    assertThat(statement.path("items").valueStream().map(Bank::entry))
        .containsExactly(
            "DEPOSIT AVAILABLE 0.50", "DEPOSIT AVAILABLE 1.00", "DEPOSIT AVAILABLE 1.00");
    var more = rest.get("/wallets/old/entries?limit=3&after=" + statement.path("next").asString());
    assertThat(more.is(200).json().path("items")).hasSize(2);
    bank.auditsClean();
  }

  @Test
  void whatComesNextHasAPlaceAlready() {
    for (int days : List.of(0, 1, 4)) {
      inVain(
          "insert into ledger_entry select ?, movement_id, movement, account, customer_id,"
              + " currency, minor, payment_id, at from ledger_entry limit 1",
          Uuid7.next(Instant.now().plus(Duration.ofDays(days))));
    }
    assertThat(partitions()).hasSizeBetween(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"update %s set minor = minor", "delete from %s"})
  void whatIsBookedStaysBookedEvenInAPartition(String tampering) {
    for (var table : List.of("ledger_entry", partitions().getFirst())) {
      assertThatExceptionOfType(DataAccessException.class)
          .isThrownBy(() -> jdbc.update(tampering.formatted(table)))
          .withMessageContaining("never changed");
    }
  }

  /** Each partition is read backwards along its index until the page is full; nothing is sorted. */
  @Test
  void aStatementIsReadAlongTheIndexesNewestPartitionFirst() {
    var plan =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              jdbc.execute(
                  """
                  create table ledger_entry_29991231 partition of ledger_entry
                  for values from ('f0000000-0000-0000-0000-000000000000') to (maxvalue)
                  """);
              jdbc.execute("set local enable_seqscan = off");
              return jdbc.query(
                  """
                  explain (costs off) select * from ledger_entry
                  where customer_id = 'old' and id < 'ffffffff-ffff-ffff-ffff-ffffffffffff'
                  order by id desc limit 20
                  """,
                  (row, _) -> row.getString(1));
            });
    assertThat(plan).noneMatch(line -> line.contains("Sort") || line.contains("Seq Scan"));
    assertThat(plan).filteredOn(line -> line.contains("Index Scan Backward")).hasSizeGreaterThan(1);
  }

  private List<String> partitions() {
    return jdbc.query(
        "select inhrelid::regclass::text from pg_inherits"
            + " where inhparent = 'ledger_entry'::regclass order by 1",
        (row, _) -> row.getString(1));
  }

  private void inVain(String sql, Object... parameters) {
    transaction.executeWithoutResult(
        status -> {
          status.setRollbackOnly();
          assertThat(jdbc.update(sql, parameters)).isEqualTo(1);
        });
  }
}
