package dev.allsquare.web;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that can't answer now from one that said no. */
final class Outages {

  private Outages() {}

  /** Whether the same request may well succeed in a second. */
  static boolean isOutage(Throwable failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof TransientDataAccessException
          || t instanceof CannotCreateTransactionException
          || t instanceof SQLTransientException // what an exhausted pool throws, without a state
          || t instanceof SQLRecoverableException
          || (t instanceof SQLException e && passes(e))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Connection lost, rolled back for another's sake, out of resources, shut down, I/O error,
   * locked, read-only after a failover, ended by a timeout. The pool tells no state when it has
   * thrown a broken connection away.
   */
  private static boolean passes(SQLException e) {
    var state = e.getSQLState();
    return state == null
        ? "Connection is closed".equals(e.getMessage())
        : state.matches("(08|40|53|57|58).*|55P03|25006|25P0[34]");
  }
}
