package dev.allsquare.operator;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Does what an operator wants and writes down who wanted it and why: both, or neither. */
final class Audit {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String INSERT =
      """
      insert into operator_audit (actor, action, subject, reason, detail)
      values (:actor, :action, :subject, :reason, cast(:detail as json))
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;

  Audit(JdbcClient jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Does it in a transaction, audited.
   *
   * @param action such as {@code saga.retry}
   * @param subject such as the saga's id
   * @param deed returns what else the audit should know
   */
  void of(Signature by, String action, String subject, Supplier<Map<String, ?>> deed) {
    transactions.executeWithoutResult(
        _ -> {
          var detail = deed.get();
          jdbc.sql(INSERT)
              .param("actor", by.actor())
              .param("action", action)
              .param("subject", subject)
              .param("reason", by.reason())
              .param("detail", JSON.writeValueAsString(detail))
              .update();
        });
  }
}
