package dev.allsquare.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.postgresql.util.PSQLException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Whose failure an exception is. The whole cause chain is asked: frameworks wrap. */
public enum Failure {
  /** Somebody else was faster: the same work, tried again at once, may well succeed. */
  CONTENTION,
  /** The database, the log or the machine: nobody here is to blame, and all must wait. */
  INFRASTRUCTURE,
  /** The caller's own: what it did is to blame, or what it did it with. */
  OWN;

  private static final Set<String> CONTENDED_STATES = Set.of("40001", "40P01", "55P03");

  /**
   * Lost connection, transaction rolled back, out of resources, operator intervention, I/O error.
   */
  private static final Set<String> INFRASTRUCTURE_CLASSES = Set.of("08", "40", "53", "57", "58");

  /** Read-only after a failover; ended by the idle and the transaction timeout. */
  private static final Set<String> INFRASTRUCTURE_STATES = Set.of("25006", "25P03", "25P04");

  private static final String CHECK_VIOLATION = "23514";

  /** Types that this room doesn't import: known by name where a service has them. */
  private static final Set<String> CONTENDED_TYPES =
      Set.of(
          "jakarta.persistence.LockTimeoutException",
          "jakarta.persistence.OptimisticLockException",
          "jakarta.persistence.PessimisticLockException",
          "org.hibernate.StaleStateException",
          "org.hibernate.dialect.lock.LockingStrategyException",
          "org.hibernate.exception.LockAcquisitionException");

  private static final Set<String> INFRASTRUCTURE_TYPES =
      Set.of(
          "org.apache.kafka.common.KafkaException",
          "org.hibernate.exception.JDBCConnectionException",
          "org.springframework.kafka.KafkaException");

  /** Whose failure it is; what nobody knows is the caller's own. */
  public static Failure of(Throwable thrown) {
    if (anyCause(thrown, Failure::isContention)) {
      return CONTENTION;
    }
    return anyCause(thrown, Failure::isInfrastructure) ? INFRASTRUCTURE : OWN;
  }

  /** Whether a constraint said no: perhaps because of a row committed a moment ago. */
  public static boolean isConstraintViolation(Throwable thrown) {
    return anyCause(thrown, it -> stateOf(it).startsWith("23"));
  }

  private static boolean isContention(Throwable it) {
    return it instanceof ConcurrencyFailureException
        || CONTENDED_STATES.contains(stateOf(it))
        || isNamed(it, CONTENDED_TYPES);
  }

  private static boolean isInfrastructure(Throwable it) {
    return switch (it) {
      case TransientDataAccessException _,
          RecoverableDataAccessException _,
          DataAccessResourceFailureException _,
          CannotCreateTransactionException _,
          TransactionTimedOutException _,
          SQLTransientException _,
          SQLRecoverableException _,
          InterruptedException _ ->
          true;
      default -> isInfrastructureState(it) || isNamed(it, INFRASTRUCTURE_TYPES);
    };
  }

  private static boolean isInfrastructureState(Throwable it) {
    String state = stateOf(it);
    return INFRASTRUCTURE_STATES.contains(state)
        || (state.length() == 5 && INFRASTRUCTURE_CLASSES.contains(state.substring(0, 2)))
        || isMissingPartition(it)
        || isClosedByThePool(it);
  }

  /** The pool says so without a state, once it has thrown a broken connection away. */
  private static boolean isClosedByThePool(Throwable it) {
    return it instanceof SQLException sql
        && sql.getSQLState() == null
        && "Connection is closed".equals(sql.getMessage());
  }

  /** PostgreSQL reports a row that fits no partition as a check violation without a constraint. */
  private static boolean isMissingPartition(Throwable it) {
    return it instanceof PSQLException violation
        && CHECK_VIOLATION.equals(violation.getSQLState())
        && violation.getServerErrorMessage() != null
        && violation.getServerErrorMessage().getConstraint() == null;
  }

  private static String stateOf(Throwable it) {
    return it instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
  }

  private static boolean isNamed(Throwable it, Set<String> names) {
    for (Class<?> type = it.getClass(); type != null; type = type.getSuperclass()) {
      if (names.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyCause(Throwable thrown, Predicate<Throwable> test) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable it = thrown; it != null && seen.add(it); it = it.getCause()) {
      if (test.test(it)) {
        return true;
      }
    }
    return false;
  }
}
