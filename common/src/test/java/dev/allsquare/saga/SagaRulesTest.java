package dev.allsquare.saga;

import static dev.allsquare.saga.Purchases.command;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allsquare.saga.Purchases.Purchase;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SagaRulesTest {

  /** Only so that a lambda has a type. */
  interface Rows extends UnaryOperator<Saga.Table<Purchase>> {}

  private static Arguments refused(String sentence, Rows rows) {
    return Arguments.of(sentence, rows);
  }

  static Stream<Arguments> brokenTables() {
    return Stream.of(
        refused("it has no steps", t -> t),
        refused("one of its groups has no steps", t -> t.inParallel()),
        refused(
            "it has two pivots, step \"a\" and step \"b\"", t -> t.pivot(ok("a")).pivot(ok("b"))),
        refused(
            "step \"b\" is compensatable and stands after the pivot",
            t -> t.pivot(ok("a")).compensatable(undoable("b"))),
        refused(
            "step \"b\" is compensatable and stands after the pivot",
            t -> t.pivot(ok("a")).inParallel(undoable("b"), undoable("c"))),
        refused(
            "step \"a\" stands before the pivot and has neither a compensation nor a"
                + " noCompensation(\"why\")",
            t -> t.compensatable(ok("a")).pivot(ok("b"))),
        refused(
            "step \"a\" has a compensation and says why it has none",
            t -> t.compensatable(undoable("a").noCompensation("why")).pivot(ok("b"))),
        refused("step \"a\" has no timeout", t -> t.pivot(command("a"))),
        refused(
            "the timeout of step \"a\" must be longer than nothing",
            t -> t.pivot(command("a").timeout(Duration.ZERO))),
        refused(
            "the resend interval of step \"a\" must be longer than nothing",
            t -> t.pivot(ok("a").resendEvery(ofSeconds(-1)))),
        refused("step \"a\" must be tried at least once", t -> t.pivot(ok("a").attempts(0))),
        refused("two steps are named step \"a\"", t -> t.pivot(ok("a")).retriable(ok("a"))),
        refused("step \"a,b\" is no name for a step", t -> t.pivot(ok("a,b"))),
        refused("step \"\" is no name for a step", t -> t.pivot(ok(""))),
        refused(
            "step \"b\" is retriable and is never compensated: it must not say how or why not",
            t -> t.pivot(ok("a")).retriable(undoable("b"))),
        refused(
            "step \"a\" is the pivot and is never compensated: it must not say how or why not",
            t -> t.pivot(undoable("a"))),
        refused(
            "step \"a\" is compensatable, but there is no pivot after it",
            t -> t.compensatable(undoable("a"))),
        refused(
            "step \"a\" is retriable and stands before the pivot",
            t -> t.retriable(ok("a")).pivot(ok("b"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenTables")
  void aBrokenTableIsRefusedWithASentenceThatNamesTheStep(String sentence, Rows rows) {
    assertThatThrownBy(() -> rows.apply(table(1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Saga Broken version 1: " + sentence + ".");
  }

  @Test
  void aVersionCountsFromOne() {
    assertThatThrownBy(() -> table(0).pivot(ok("a")).build())
        .hasMessageContaining("its version must be at least 1");
  }

  @Test
  void everyKindOfStepHasItsPlace() {
    var saga =
        table(1)
            .compensatable(undoable("a"))
            .inParallel(undoable("b"), ok("c").noCompensation("it only looks"))
            .pivot(ok("d"))
            .retriable(ok("e"))
            .build();
    assertThat(saga.groups()).hasSize(4);
    assertThat(saga.pivot()).hasValueSatisfying(pivot -> assertThat(pivot.name()).isEqualTo("d"));
  }

  @Test
  void oneVersionIsDefinedOnce() {
    var once = table(1).pivot(ok("a")).build();
    var twice = table(1).pivot(ok("b")).build();
    assertThatThrownBy(() -> new Definitions(List.of(once, twice)))
        .hasMessage("Saga Broken version 1 is defined twice.");
  }

  @Test
  void aServiceAwaitsItsRepliesOnOneTopic() {
    var here = table(1).pivot(ok("a")).build();
    var there =
        Saga.named("Other").version(1).over(Purchase.class, "elsewhere").pivot(ok("a")).build();
    assertThatThrownBy(() -> new Definitions(List.of(here, there)))
        .hasMessageContaining("on one topic");
  }

  @Test
  void anEndingBelongsToASaga() {
    var definitions = new Definitions(List.of(table(1).pivot(ok("a")).build()));
    assertThatThrownBy(() -> new Endings(definitions, List.of(new Nobody())))
        .hasMessageContaining("awaits the end of Nobody, and no saga has this name");
  }

  private static final class Nobody implements SagaEnding<Purchase> {

    @Override
    public String sagaName() {
      return "Nobody";
    }

    @Override
    public void ended(List<Ended<Purchase>> sagas) {
      throw new AssertionError("nobody ends");
    }
  }

  private static Saga.Table<Purchase> table(int version) {
    return Saga.named("Broken").version(version).over(Purchase.class, Purchases.REPLIES);
  }

  private static Step<Purchase> ok(String name) {
    return command(name).timeout(ofSeconds(60));
  }

  private static Step<Purchase> undoable(String name) {
    return ok(name).compensatedBy(name + ".commands", name + ".undo.v1", p -> p);
  }
}
