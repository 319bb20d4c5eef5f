package dev.allsquare.participant;

import dev.allsquare.message.SagaContext;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Tells the outcome of commands that were answered {@link Answer.Later}. */
public final class LateAnswers {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Mail mail;

  LateAnswers(JdbcClient jdbc, Mail mail) {
    this.jdbc = jdbc;
    this.mail = mail;
  }

  /**
   * Answers the command through the outbox, in the caller's transaction, and with it every other
   * command that asked for the same step meanwhile. To be called when the transaction that said
   * {@link Answer.Later} has committed.
   *
   * @return whether this was the first answer; a later one changes and sends nothing
   * @throws IllegalArgumentException for {@link Answer.Later}
   * @throws IllegalStateException outside a transaction
   */
  public boolean answer(UUID commandId, Answer outcome) {
    if (outcome instanceof Answer.Later) {
      throw new IllegalArgumentException("the answer to " + commandId + " cannot be later again");
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a late answer belongs into the transaction of its effect");
    }
    return jdbc.sql("select pending from inbox where message_id = :id and pending is not null")
        .param("id", commandId)
        .query((rs, _) -> read(rs.getString(1)))
        .optional()
        .filter(it -> settle(it.saga(), Outcome.of(outcome)))
        .isPresent();
  }

  /** The barrier's row count says who is first; all waiting commands are found after that. */
  private boolean settle(SagaContext saga, Outcome outcome) {
    int settled =
        jdbc.sql(
                """
                update barrier set verdict = :verdict, reason = :reason
                where saga_id = :saga and step = :step and direction = :direction
                  and verdict = 'PENDING'
                """)
            .param("verdict", outcome.state().name())
            .param("reason", outcome.reason())
            .param("saga", saga.sagaId())
            .param("step", saga.step())
            .param("direction", saga.direction().name())
            .update();
    if (settled == 0) {
      return false;
    }
    mail.send(stopWaiting(saga, outcome), outcome);
    return true;
  }

  private List<ReplyAddress> stopWaiting(SagaContext saga, Outcome outcome) {
    return jdbc.sql(
            """
            update inbox set verdict = :verdict, reason = :reason, pending = null
            where pending is not null
              and pending -> 'saga' ->> 'sagaId' = :saga
              and pending -> 'saga' ->> 'step' = :step
              and pending -> 'saga' ->> 'direction' = :direction
            returning old.pending
            """)
        .param("verdict", outcome.state().name())
        .param("reason", outcome.reason())
        .param("saga", saga.sagaId().toString())
        .param("step", saga.step())
        .param("direction", saga.direction().name())
        .query((rs, _) -> read(rs.getString(1)))
        .list();
  }

  private static ReplyAddress read(String pending) {
    return JSON.readValue(pending, ReplyAddress.class);
  }
}
