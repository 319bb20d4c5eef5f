package dev.allsquare.outbox;

import static dev.allsquare.outbox.Messages.message;
import static dev.allsquare.outbox.Messages.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a transaction appended is there when it committed, whenever and wherever it did so. */
class OutboxTest {

  private final Database database = new Database();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsAppendedInOneTransactionIsWrittenInTheOrderOfTheCalls() {
    database.transactions.executeWithoutResult(
        _ -> {
          append("1");
          append("2");
          assertThat(database.count("outbox")).as("written before the commit").isZero();
          append("3");
        });

    assertThat(payloads()).containsExactly("1", "2", "3");
  }

  @Test
  void aTransactionThatRollsBackTellsNothing() {
    database.transactions.executeWithoutResult(
        transaction -> {
          append("never");
          transaction.setRollbackOnly();
        });

    assertThat(payloads()).isEmpty();
  }

  @Test
  void whatIsFirstAppendedRightBeforeTheCommitIsNotLost() {
    database.transactions.executeWithoutResult(_ -> beforeTheCommit(0, () -> append("late")));

    assertThat(payloads()).containsExactly("late");
  }

  @Test
  void whatIsAppendedAfterThePageWasWrittenFollowsIt() {
    database.transactions.executeWithoutResult(
        _ -> {
          append("early");
          beforeTheCommit(TransactionSynchronization.LOWEST_PRECEDENCE, () -> append("last"));
        });

    assertThat(payloads()).containsExactly("early", "last");
  }

  @Test
  void aNestedTransactionThatRollsBackTakesItsOwnMessagesAlong() {
    var nested = template(TransactionDefinition.PROPAGATION_NESTED);
    database.transactions.executeWithoutResult(
        _ -> {
          append("before");
          nested.executeWithoutResult(_ -> append("kept"));
          nested.executeWithoutResult(
              transaction -> {
                append("undone");
                transaction.setRollbackOnly();
              });
          append("after");
        });

    assertThat(payloads()).containsExactly("before", "kept", "after");
  }

  @Test
  void aTransactionOfItsOwnCommitsItsOwnMessages() {
    var independent = template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    database.transactions.executeWithoutResult(
        outer -> {
          append("outer");
          independent.executeWithoutResult(_ -> append("inner"));
          append("outer again");
          outer.setRollbackOnly();
        });

    assertThat(payloads()).containsExactly("inner");
  }

  @Test
  void outsideATransactionNothingCanBeTold() {
    assertThatThrownBy(() -> append("nowhere"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a transaction");
  }

  @Test
  void aTransactionThatIsNotHeardOfIsRefusedAtOnce() {
    var stranger = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));

    assertThatThrownBy(() -> stranger.executeWithoutResult(_ -> append("nowhere")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("manager has to be a bean");
  }

  @Test
  void tellsWhatTheLogDoesNotHaveYet() {
    var messages = numbered("a", 2);
    database.commit(messages.getFirst());

    assertThat(
            database.outbox.stillWaiting(Set.of(messages.getFirst().id(), messages.getLast().id())))
        .containsExactly(messages.getFirst().id());
  }

  private TransactionTemplate template(int propagation) {
    var template = new TransactionTemplate(database.manager);
    template.setPropagationBehavior(propagation);
    return template;
  }

  private void append(String payload) {
    database.outbox.append(List.of(message("key", payload)));
  }

  private List<String> payloads() {
    return database
        .jdbc
        .sql("select payload from outbox order by seq")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static void beforeTheCommit(int order, Runnable action) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public int getOrder() {
            return order;
          }

          @Override
          public void beforeCommit(boolean readOnly) {
            action.run();
          }
        });
  }
}
