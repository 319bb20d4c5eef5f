package dev.allsquare.web;

import java.sql.SQLException;
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
          || (t instanceof SQLException e && passes(e.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  /** Connection lost, rolled back for another's sake, out of resources, locked, shut down. */
  private static boolean passes(@Nullable String state) {
    return state != null && state.matches("(08|40|53|57).*|55P03");
  }
}
