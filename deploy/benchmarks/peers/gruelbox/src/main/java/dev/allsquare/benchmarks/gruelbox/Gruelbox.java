package dev.allsquare.benchmarks.gruelbox;

import com.gruelbox.transactionoutbox.DefaultPersistor;
import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.benchmarks.kit.Event;
import dev.allsquare.benchmarks.kit.OutboxPeer;
import dev.allsquare.benchmarks.kit.OutboxRun;
import dev.allsquare.benchmarks.kit.Setup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Each event is a scheduled call, a row of the transaction; it is attempted right after the commit
 * by a pool of threads, and what was missed is found by a flush.
 */
public final class Gruelbox implements OutboxPeer {

  private static final int WRITERS = 8;
  private static final long IDLE_MILLIS = 50;

  private final HikariDataSource pool;
  private final TransactionManager transactions;
  private final TransactionOutbox outbox;
  private final ExecutorService threads;
  private final Letters letters;
  private volatile boolean relaying;

  private Gruelbox(Setup setup) {
    int number = setup.number("threads", 8);
    this.pool = setup.pool(number + WRITERS + 2);
    this.transactions = TransactionManager.fromDataSource(pool);
    this.threads = Executors.newFixedThreadPool(number);
    this.letters = new Letters(setup);
    var now = Submitter.withExecutor(threads);
    this.outbox =
        TransactionOutbox.builder()
            .transactionManager(transactions)
            .persistor(DefaultPersistor.builder().dialect(Dialect.POSTGRESQL_9).build())
            .instantiator(Instantiator.using(type -> letters))
            .attemptFrequency(Duration.ofSeconds(2))
            .flushBatchSize(2_000)
            .submitter(
                (entry, attempt) -> {
                  if (relaying) {
                    now.submit(entry, attempt);
                  }
                })
            .build();
    Thread.ofVirtual().start(this::flush);
  }

  public static void main(String[] args) throws Exception {
    OutboxRun.main(args, Gruelbox::new);
  }

  @Override
  public void publish(List<Event> events) throws Exception {
    transactions.inTransactionThrows(
        transaction -> {
          Event.book(transaction.connection(), events);
          events.forEach(event -> outbox.schedule(Letters.class).send(event.key(), event.json()));
        });
  }

  private void flush() {
    try {
      while (!threads.isShutdown()) {
        if (!relaying || !outbox.flush()) {
          Thread.sleep(IDLE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void startRelaying() {
    relaying = true;
  }

  @Override
  public void stopRelaying() {
    relaying = false;
  }

  @Override
  public void close() {
    threads.shutdown();
    letters.close();
    pool.close();
  }
}
