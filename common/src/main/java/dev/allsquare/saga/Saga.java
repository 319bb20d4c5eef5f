package dev.allsquare.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A saga as a table anyone can read.
 *
 * <pre>{@code
 * Saga.named("PlaceOrder").version(1).over(PlaceOrder.class, Orders.REPLIES)
 *     .inParallel(
 *         step("reserveStock", …).compensatedBy(…).timeout(ofSeconds(60)),
 *         step("authorizePayment", …).compensatedBy(…).timeout(ofSeconds(60)))
 *     .pivot(step("capturePayment", …).timeout(ofSeconds(60)))
 *     .retriable(step("commitReservation", …).timeout(ofSeconds(60)))
 *     .build();
 * }</pre>
 *
 * <p>A saga with no pivot has it before its first step: all its steps are retriable and it only
 * goes forward.
 *
 * @param <D> the saga's data, a record that Jackson reads and writes
 */
public final class Saga<D> {

  /**
   * The reason of a saga that turned because a step before its pivot gave no verdict within its
   * limits: no answer in time, or nothing but failures in all its attempts. The history tells
   * which.
   */
  public static final String TIMED_OUT = "TIMED_OUT";

  enum Kind {
    COMPENSATABLE,
    PIVOT,
    RETRIABLE
  }

  /** Steps that run together; only compensatable ones may be more than one. */
  record Group<D>(Kind kind, List<Step<D>> steps) {}

  /** A step and how it behaves. */
  record Place<D>(Kind kind, Step<D> step) {}

  private final String name;
  private final int version;
  private final Class<D> data;
  private final String replyTopic;
  private final List<Group<D>> groups;
  private final Map<String, Place<D>> places;

  private Saga(Table<D> table) {
    this.name = table.name;
    this.version = table.version;
    this.data = table.data;
    this.replyTopic = table.replyTopic;
    this.groups = List.copyOf(table.groups);
    this.places =
        groups.stream()
            .flatMap(group -> group.steps().stream().map(step -> new Place<>(group.kind(), step)))
            .collect(Collectors.toUnmodifiableMap(place -> place.step().name(), place -> place));
  }

  /** Starts the table of the saga with this name. */
  public static Named named(String name) {
    return new Named(name);
  }

  public String name() {
    return name;
  }

  public int version() {
    return version;
  }

  Class<D> data() {
    return data;
  }

  String replyTopic() {
    return replyTopic;
  }

  List<Group<D>> groups() {
    return groups;
  }

  /** The step of this name, if there is one. */
  @Nullable Place<D> place(String step) {
    return places.get(step);
  }

  /** The step of no return; absent when it stands before the first step. */
  Optional<Step<D>> pivot() {
    return groups.stream()
        .filter(group -> group.kind() == Kind.PIVOT)
        .map(group -> group.steps().getFirst())
        .findFirst();
  }

  @Override
  public String toString() {
    return name + " version " + version;
  }

  /** A saga that has a name. */
  public record Named(String name) {

    /** Which version of the definition this is; an instance keeps the one it was started with. */
    public Versioned version(int version) {
      return new Versioned(name, version);
    }
  }

  /** A saga that has a name and a version. */
  public record Versioned(String name, int version) {

    public <D> Table<D> over(Class<D> data, String replyTopic) {
      return new Table<>(name, version, data, replyTopic);
    }
  }

  /** The rows of the table. */
  public static final class Table<D> {

    private final String name;
    private final int version;
    private final Class<D> data;
    private final String replyTopic;
    private final List<Group<D>> groups = new ArrayList<>();

    private Table(String name, int version, Class<D> data, String replyTopic) {
      this.name = name;
      this.version = version;
      this.data = data;
      this.replyTopic = replyTopic;
    }

    /** Compensatable steps that run at once. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Table<D> inParallel(Step<D>... steps) {
      groups.add(new Group<>(Kind.COMPENSATABLE, List.of(steps)));
      return this;
    }

    /** A compensatable step. */
    public Table<D> compensatable(Step<D> step) {
      groups.add(new Group<>(Kind.COMPENSATABLE, List.of(step)));
      return this;
    }

    /** The step after which there is no way back. */
    public Table<D> pivot(Step<D> step) {
      groups.add(new Group<>(Kind.PIVOT, List.of(step)));
      return this;
    }

    /** A step past the pivot: repeated until it is done. */
    public Table<D> retriable(Step<D> step) {
      groups.add(new Group<>(Kind.RETRIABLE, List.of(step)));
      return this;
    }

    /**
     * The finished table.
     *
     * @throws IllegalArgumentException with a sentence that names the step that breaks a rule
     */
    public Saga<D> build() {
      SagaRules.check(name + " version " + version, version, groups);
      return new Saga<>(this);
    }
  }
}
