package dev.allsquare.saga;

import static dev.allsquare.saga.Purchases.command;

import dev.allsquare.saga.Purchases.Purchase;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Tables of every shape the rules allow. */
final class RandomSagas {

  private final RandomGenerator random;
  private int steps;

  RandomSagas(RandomGenerator random) {
    this.random = random;
  }

  Saga<Purchase> next() {
    var table = Saga.named("Random").version(1).over(Purchase.class, Purchases.REPLIES);
    int before = random.nextInt(4);
    for (int i = 0; i < before; i++) {
      table = parallel(table, 1 + random.nextInt(3));
    }
    if (before > 0 || random.nextBoolean()) {
      table = table.pivot(step("pivot"));
    }
    for (int i = random.nextInt(3); i > 0 || steps == 0; i--) {
      table = table.retriable(step("forward"));
    }
    return table.build();
  }

  // An array of a generic type cannot be made safely in any other way.
  @SuppressWarnings("unchecked")
  private Saga.Table<Purchase> parallel(Saga.Table<Purchase> table, int size) {
    Step<Purchase>[] members =
        IntStream.range(0, size).mapToObj(_ -> compensatable()).toArray(Step[]::new);
    return table.inParallel(members);
  }

  private Step<Purchase> compensatable() {
    var step = step("back");
    return random.nextInt(5) == 0
        ? step.noCompensation("it only looks")
        : step.compensatedBy("undo.commands", step.name() + ".undo.v1", p -> p);
  }

  private Step<Purchase> step(String kind) {
    var step = command(kind + ++steps).timeout(Duration.ofSeconds(20 + random.nextInt(100)));
    return random.nextBoolean() ? step : step.attempts(1 + random.nextInt(4));
  }
}
