package dev.allsquare.inbox;

import dev.allsquare.database.Failure;
import dev.allsquare.logging.LogContext;
import dev.allsquare.message.Message;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One poll's way through its handler.
 *
 * <p>The batch is tried whole. If the handler breaks, it is tried in halves, left before right, so
 * the order per key holds; 1 bad message of 500 costs some 18 more transactions and nobody else's
 * effect. Lost races are run again at once, a few times; then they count as infrastructure, and the
 * caller waits.
 */
final class Poll {

  private static final Logger log = LoggerFactory.getLogger(Poll.class);

  /** After so many lost races in a row, waiting helps more than another try. */
  private static final int ATTEMPTS = 5;

  private final MessageHandler handler;
  private final TransactionTemplate transaction;
  private final DeadLetters deadLetters;

  Poll(MessageHandler handler, TransactionTemplate transaction, DeadLetters deadLetters) {
    this.handler = handler;
    this.transaction = transaction;
    this.deadLetters = deadLetters;
  }

  void process(List<Message> batch) {
    run(batch.stream().filter(this::mayRun).toList());
  }

  private boolean mayRun(Message message) {
    String refusal = Text.hasNul(message) ? "it holds the NUL character" : handler.refusal(message);
    if (refusal != null) {
      bury(message, Cause.REFUSED, refusal);
    }
    return refusal == null;
  }

  private void run(List<Message> batch) {
    if (batch.size() == 1) {
      runAlone(batch.getFirst());
    } else if (!batch.isEmpty() && attempt(batch) != null) {
      int half = batch.size() / 2;
      run(batch.subList(0, half));
      run(batch.subList(half, batch.size()));
    }
  }

  /**
   * A violated constraint gets a second chance: the row in the way may have been committed by the
   * same work done elsewhere, and a new transaction sees it.
   */
  private void runAlone(Message message) {
    Throwable failure = attempt(List.of(message));
    if (failure != null && Failure.isConstraintViolation(failure)) {
      failure = attempt(List.of(message));
    }
    if (failure != null) {
      buryBroken(message, failure);
    }
  }

  /** What the handler broke on; null when all of the batch is committed. */
  private @Nullable Throwable attempt(List<Message> batch) {
    for (int attempt = 1; ; attempt++) {
      var run = new Run(batch);
      try {
        transaction.executeWithoutResult(run);
        return null;
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        Failure failure = run.hid(e) ? Failure.INFRASTRUCTURE : Failure.of(e);
        if (failure == Failure.OWN) {
          return e;
        }
        if (failure == Failure.INFRASTRUCTURE || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** One transaction's work. When its rollback fails, that is thrown, and hides what was before. */
  private final class Run implements Consumer<TransactionStatus> {

    private final List<Message> batch;
    private @Nullable Throwable thrown;

    Run(List<Message> batch) {
      this.batch = batch;
    }

    @Override
    public void accept(TransactionStatus status) {
      try {
        handler.handle(batch);
      } catch (RuntimeException | Error e) {
        thrown = e;
        throw e;
      }
    }

    /** A transaction that cannot even be rolled back has lost its connection. */
    boolean hid(Throwable atLast) {
      return thrown != null && !thrown.equals(atLast);
    }
  }

  private void buryBroken(Message message, Throwable failure) {
    try (var _ = LogContext.of(message)) {
      log.warn("{} of {} broke its handler", message.type(), handler.topic(), failure);
    }
    try {
      bury(message, Cause.BROKEN, Text.describe(failure));
    } catch (ConcurrencyFailureException e) {
      try (var _ = LogContext.of(message)) {
        log.info("{} was handled elsewhere meanwhile", message.type(), e);
      }
      attemptAgain(message, failure);
    }
  }

  private void attemptAgain(Message message, Throwable failure) {
    if (attempt(List.of(message)) != null) {
      bury(message, Cause.BROKEN, Text.describe(failure));
    }
  }

  /** What holds NUL cannot be repeated to anyone. */
  private void bury(Message message, Cause cause, String why) {
    transaction.executeWithoutResult(
        _ -> {
          if (deadLetters.add(message, cause, why) && !Text.hasNul(message)) {
            handler.deadLettered(message, why);
          }
        });
  }
}
