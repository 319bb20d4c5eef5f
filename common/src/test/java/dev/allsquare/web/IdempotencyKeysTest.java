package dev.allsquare.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.testing.TestPostgres;
import dev.allsquare.web.IdempotencyKeys.Claim;
import dev.allsquare.web.IdempotencyKeys.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class IdempotencyKeysTest {

  private static final String TABLE = "db/allsquare/messaging/V3__idempotency_keys.sql";

  private JdbcTemplate jdbc;
  private TransactionTemplate tx;
  private IdempotencyKeys keys;

  @BeforeEach
  void emptyTable() {
    var dataSource = new DriverManagerDataSource(TestPostgres.newDatabase());
    new ResourceDatabasePopulator(new ClassPathResource(TABLE)).execute(dataSource);
    jdbc = new JdbcTemplate(dataSource);
    tx = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    keys = new IdempotencyKeys(jdbc, Duration.ofSeconds(1));
  }

  @Test
  void theFirstUseIsFreshAndEveryOtherARepeatOrAMismatch() {
    assertThat(claim(use("k", "body", "1"))).containsExactly(new Claim.Fresh("1"));
    assertThat(claim(use("k", "body", "2"))).containsExactly(new Claim.Repeat("1"));
    assertThat(claim(use("k", "other body", "3"))).containsExactly(new Claim.Mismatch());
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void ofTwoEqualKeysInOneBatchTheFirstIsFresh() {
    assertThat(
            claim(use("b", "x", "1"), use("a", "x", "2"), use("b", "x", "3"), use("b", "y", "4")))
        .containsExactly(
            new Claim.Fresh("1"),
            new Claim.Fresh("2"),
            new Claim.Repeat("1"),
            new Claim.Mismatch());
  }

  @Test
  void keysAreScopedToTheirCaller() {
    var bobs = new Use(IdempotencyKey.of("POST /orders bob", "k", "body"), "2");
    assertThat(claim(use("k", "body", "1"), bobs))
        .containsExactly(new Claim.Fresh("1"), new Claim.Fresh("2"));
  }

  @Test
  void aRefusedRequestConsumesNoKey() {
    tx.executeWithoutResult(
        status -> {
          keys.claim(List.of(use("k", "body", "1")));
          status.setRollbackOnly();
        });
    assertThat(claim(use("k", "body", "2"))).containsExactly(new Claim.Fresh("2"));
  }

  @Test
  void aConcurrentRepeatWaitsForTheFirstAndSeesWhatItMade() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var claimed = new CountDownLatch(1);
      var mayCommit = new CountDownLatch(1);
      var first =
          threads.submit(
              () ->
                  tx.execute(
                      status -> {
                        var claims = keys.claim(List.of(use("k", "body", "1")));
                        claimed.countDown();
                        await(mayCommit);
                        return claims;
                      }));
      claimed.await();
      var second = threads.submit(() -> claim(use("k", "body", "2")));
      untilSomeoneWaits();
      mayCommit.countDown();
      assertThat(first.get()).containsExactly(new Claim.Fresh("1"));
      assertThat(second.get()).containsExactly(new Claim.Repeat("1"));
    }
  }

  @Test
  void aRepeatThatWaitedASecondIsToldToComeAgain() throws Exception {
    keys = new IdempotencyKeys(jdbc, Duration.ofMillis(100));
    tx.executeWithoutResult(
        status -> {
          keys.claim(List.of(use("k", "body", "1")));
          assertThatThrownBy(() -> inAnotherThread(() -> claim(use("k", "body", "2"))))
              .hasCauseInstanceOf(Problem.class)
              .cause()
              .isInstanceOfSatisfying(
                  Problem.class, p -> assertThat(p.type()).isEqualTo("request-in-progress"));
        });
  }

  @Test
  void theShortPatienceEndsWithTheClaim() {
    var timeout =
        tx.execute(
            status -> {
              keys.claim(List.of(use("k", "body", "1")));
              return jdbc.queryForObject("show lock_timeout", String.class);
            });
    assertThat(timeout).isEqualTo("0");
  }

  @Test
  void batchesWithTheSameKeysInOppositeOrderDoNotDeadlock() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ascending = new ArrayList<Use>();
      for (int i = 0; i < 500; i++) {
        ascending.add(use("k" + i, "body", "r" + i));
      }
      var work = new ArrayList<Callable<List<Claim>>>();
      for (int i = 0; i < 8; i++) {
        var uses = i % 2 == 0 ? ascending : ascending.reversed();
        work.add(() -> tx.execute(status -> keys.claim(uses)));
      }
      int fresh = 0;
      for (var done : threads.invokeAll(work)) {
        fresh += (int) done.get().stream().filter(Claim.Fresh.class::isInstance).count();
      }
      assertThat(fresh).isEqualTo(500);
    }
  }

  @Test
  void oldKeysAreForgottenInBatchesAndYoungOnesKept() {
    jdbc.update(
        """
        insert into idempotency_key
        select 's', 'old' || i, 'f', 'r', now() - interval '8 days'
        from generate_series(1, 700) as i
        """);
    claim(use("young", "body", "1"));
    assertThat(keys.purge(Duration.ofDays(7), 500)).isEqualTo(500);
    assertThat(keys.purge(Duration.ofDays(7), 500)).isEqualTo(200);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void keysAreClaimedInATransactionOnly() {
    assertThatThrownBy(() -> keys.claim(List.of(use("k", "body", "1"))))
        .isInstanceOf(IllegalStateException.class);
  }

  private List<Claim> claim(Use... uses) {
    var claims = tx.execute(status -> keys.claim(List.of(uses)));
    assertThat(claims).isNotNull();
    return claims;
  }

  private static Use use(String key, String body, String resource) {
    return new Use(IdempotencyKey.of("POST /orders alice", key, body), resource);
  }

  private int rows() {
    var count = jdbc.queryForObject("select count(*) from idempotency_key", Integer.class);
    return count == null ? 0 : count;
  }

  private void untilSomeoneWaits() {
    org.awaitility.Awaitility.await()
        .until(
            () ->
                Boolean.TRUE.equals(
                    jdbc.queryForObject(
                        "select exists(select from pg_locks where not granted)", Boolean.class)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T inAnotherThread(Callable<T> work) throws Exception {
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      return thread.submit(work).get();
    }
  }
}
