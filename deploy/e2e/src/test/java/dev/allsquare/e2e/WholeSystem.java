package dev.allsquare.e2e;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the system before the first scenario, gives every scenario a {@link Scene}, heals what the
 * scenario broke and then closes the books: none passes before they balance.
 */
final class WholeSystem
    implements BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {

  private static final Namespace HERE = Namespace.create(WholeSystem.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    var running = running(context);
    context.getStore(HERE).put(Scene.class, new Scene(running.system(), running.books()));
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    var running = running(context);
    scene(context).faults().heal();
    var failed = context.getExecutionException().isPresent();
    running.ran(failed);
    if (failed) {
      running.books().excuse();
    } else {
      running.books().balance();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Scene.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return scene(context);
  }

  private static Scene scene(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getStore(HERE).get(Scene.class, Scene.class), "no scene was prepared");
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
  }

  /** The one system of this JVM, and what ran in it. */
  static final class Running implements AutoCloseable {

    private final RunningSystem system;
    private final Books books;
    private int ran;
    private int failed;

    private Running(RunningSystem system) {
      this.system = system;
      this.books = new Books(system);
    }

    static Running start() {
      return new Running(Where.chosen().start());
    }

    RunningSystem system() {
      return system;
    }

    Books books() {
      return books;
    }

    void ran(boolean hasFailed) {
      ran++;
      failed += hasFailed ? 1 : 0;
    }

    @Override
    public void close() {
      system.close();
      System.out.printf(
          "End-to-end: %d tests ran against %s, %d failed%n", ran, system.topology(), failed);
    }
  }
}
