package dev.allsquare.saga;

import dev.allsquare.saga.Saga.Group;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of the sagas that this code knows, for people to look at. */
public final class SagaDrawings {

  /** A saga: its groups one after the other, the steps of a group at once. */
  public record Drawing(
      String name, int version, boolean forNew, String replyTopic, List<Column> groups) {}

  /**
   * Steps that run at once.
   *
   * @param kind COMPENSATABLE, PIVOT or RETRIABLE
   */
  public record Column(String kind, List<Cell> steps) {}

  /**
   * A step.
   *
   * @param command the wire type of what it sends
   * @param compensation the wire type of what undoes it
   * @param noCompensation why nothing does
   */
  public record Cell(
      String name,
      String topic,
      String command,
      @Nullable String compensation,
      @Nullable String noCompensation,
      @Nullable Duration timeout) {}

  private final Definitions definitions;

  SagaDrawings(Definitions definitions) {
    this.definitions = definitions;
  }

  /** All of them, by name and version. */
  public List<Drawing> all() {
    return definitions.all().stream().map(this::draw).toList();
  }

  private Drawing draw(Saga<?> saga) {
    return new Drawing(
        saga.name(),
        saga.version(),
        definitions.forNew(saga.name()).version() == saga.version(),
        saga.replyTopic(),
        saga.groups().stream().map(SagaDrawings::column).toList());
  }

  private static Column column(Group<?> group) {
    return new Column(group.kind().name(), group.steps().stream().map(SagaDrawings::cell).toList());
  }

  private static Cell cell(Step<?> step) {
    var undo = step.compensation();
    return new Cell(
        step.name(),
        step.action().topic(),
        step.action().type(),
        undo == null ? null : undo.type(),
        step.whyNoCompensation(),
        step.timeout());
  }
}
