package dev.allsquare.benchmarks.operaton;

import dev.allsquare.benchmarks.kit.Order;
import dev.allsquare.benchmarks.kit.Step;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import org.operaton.bpm.engine.impl.cfg.TransactionState;
import org.operaton.bpm.engine.impl.context.Context;

/** What the process calls. The rows are written in the engine's own transaction. */
public final class Steps {

  private final Consumer<UUID> ended;

  Steps(Consumer<UUID> ended) {
    this.ended = ended;
  }

  public void run(String name, String text) throws SQLException {
    var step = Step.valueOf(name);
    var order = Order.of(text);
    var context = Context.getCommandContext();
    step.run(context.getDbSqlSession().getSqlSession().getConnection(), order);
    if (step.next(order) == null) {
      context
          .getTransactionContext()
          .addTransactionListener(
              TransactionState.COMMITTED, committed -> ended.accept(order.id()));
    }
  }

  public boolean refused(String text) {
    return Order.of(text).refused();
  }
}
