package dev.allsquare.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.allsquare.testing.Messaging;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.hibernate.StaleObjectStateException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;

/** Who is to blame: a message (then it alone is buried), or nobody (then everybody waits). */
class FailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08001", "08003", "08006", "40002", "40003", "53000", "53100", "53200", "53300",
        "57000", "57014", "57P01", "57P02", "57P03", "57P05", "58000", "58030", "25006", "25P03",
        "25P04"
      })
  void theDatabaseIsInTrouble(String state) {
    assertThat(Failure.of(wrapped(state))).isEqualTo(Failure.INFRASTRUCTURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03"})
  void somebodyElseWasFaster(String state) {
    assertThat(Failure.of(wrapped(state))).isEqualTo(Failure.CONTENTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22001", "22003", "22P02", "23502", "23503", "23505", "23514", "25P02", "42601", "42P01",
        "P0001", "XX000"
      })
  void theStatementIsToBlame(String state) {
    assertThat(Failure.of(wrapped(state))).isEqualTo(Failure.OWN);
  }

  private static RuntimeException wrapped(String state) {
    return new IllegalStateException(new PersistenceException(new SQLException("it", state)));
  }

  @ParameterizedTest
  @MethodSource
  void isInfrastructure(Exception failure) {
    assertThat(Failure.of(failure)).isEqualTo(Failure.INFRASTRUCTURE);
    assertThat(Failure.of(new IllegalStateException(failure))).isEqualTo(Failure.INFRASTRUCTURE);
  }

  static Stream<Arguments> isInfrastructure() {
    return cases(
        new TransientDataAccessResourceException("it"),
        new QueryTimeoutException("it"),
        new RecoverableDataAccessException("it"),
        new DataAccessResourceFailureException("it"),
        new CannotCreateTransactionException("it"),
        new TransactionTimedOutException("it"),
        new TransactionSystemException("commit", new SQLException("it", "08006")),
        new SQLTransientConnectionException("the pool is empty"),
        new SQLRecoverableException("it"),
        new SQLException("Connection is closed"),
        new JDBCConnectionException("it", new SQLException("it")),
        new KafkaException("it"),
        new TimeoutException("it"),
        new org.springframework.kafka.KafkaException("it"),
        new InterruptedException());
  }

  @ParameterizedTest
  @MethodSource
  void isContention(Exception failure) {
    assertThat(Failure.of(failure)).isEqualTo(Failure.CONTENTION);
    assertThat(Failure.of(new IllegalStateException(failure))).isEqualTo(Failure.CONTENTION);
  }

  static Stream<Arguments> isContention() {
    return cases(
        new CannotAcquireLockException("it"),
        new OptimisticLockingFailureException("it"),
        new ObjectOptimisticLockingFailureException("Shelf", 1),
        new OptimisticLockException("it"),
        new StaleObjectStateException("Shelf", 1),
        new LockAcquisitionException("it", new SQLException("it")));
  }

  @ParameterizedTest
  @MethodSource
  void isTheHandlersOwn(Exception failure) {
    assertThat(Failure.of(failure)).isEqualTo(Failure.OWN);
  }

  static Stream<Arguments> isTheHandlersOwn() {
    var constraint = new SQLException("it", "23505");
    return cases(
        new IllegalStateException("it"),
        new NullPointerException(),
        new SQLException("it"),
        new DuplicateKeyException("it"),
        new DataIntegrityViolationException("it", constraint),
        new ConstraintViolationException("it", constraint, "shelf_name"),
        new TransactionSystemException("commit", new PersistenceException(constraint)),
        new BadSqlGrammarException("task", "sql", new SQLException("it", "42P01")),
        new UnexpectedRollbackException("it"));
  }

  @Test
  void onlyAViolatedConstraintGetsASecondChance() {
    assertThat(Failure.isConstraintViolation(wrapped("23505"))).isTrue();
    assertThat(Failure.isConstraintViolation(wrapped("22001"))).isFalse();
    assertThat(Failure.isConstraintViolation(new IllegalStateException())).isFalse();
  }

  @Test
  void aCauseThatIsItsOwnCauseIsNoTrap() {
    var one = new IllegalStateException();
    var other = new IllegalStateException(one);
    one.initCause(other);

    assertThat(Failure.of(one)).isEqualTo(Failure.OWN);
  }

  @Test
  void aPartitionThatIsNotThereYetIsNoMessagesFault() {
    try (var messaging = new Messaging(_ -> {})) {
      var jdbc = messaging.jdbc();
      jdbc.sql("create table checked (it int constraint positive check (it > 0))").update();

      assertThatThrownBy(
              () ->
                  jdbc.sql("insert into inbox (message_id, verdict) values (?, 'DONE')")
                      .param(new UUID(0, 0))
                      .update())
          .satisfies(it -> assertThat(Failure.of(it)).isEqualTo(Failure.INFRASTRUCTURE));
      assertThatThrownBy(() -> jdbc.sql("insert into checked values (0)").update())
          .satisfies(it -> assertThat(Failure.of(it)).isEqualTo(Failure.OWN));
    }
  }

  private static Stream<Arguments> cases(Exception... failures) {
    return Stream.of(failures).map(it -> argumentSet(it.getClass().getName(), it));
  }
}
