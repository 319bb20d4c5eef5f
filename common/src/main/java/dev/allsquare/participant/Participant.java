package dev.allsquare.participant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A participant as a table: which command is handled by what.
 *
 * <pre>{@code
 * Participant.of(Inventory.COMMANDS)
 *     .loading(shelves::load)
 *     .on(ReserveStock.TYPE, ReserveStock.class, Shelf::reserve)
 *     .on(ReleaseStock.TYPE, ReleaseStock.class, Shelf::release)
 *     .saving(shelves::save);
 * }</pre>
 *
 * <p>One poll is one batch and one transaction: the working set {@code W} (every aggregate that the
 * batch touches) is loaded once, each command is applied to it in message order, and it is saved
 * once. Duplicates and what the barrier forbids never reach a handler.
 *
 * @param <W> the working set of one batch
 */
public final class Participant<W> {

  private final String topic;
  private final Function<List<Command<?>>, W> load;
  private final Map<String, Handler<W, ?>> handlers;
  private final Consumer<W> save;

  private Participant(
      String topic,
      Function<List<Command<?>>, W> load,
      Map<String, Handler<W, ?>> handlers,
      Consumer<W> save) {
    this.topic = topic;
    this.load = load;
    this.handlers = Map.copyOf(handlers);
    this.save = save;
  }

  record Handler<W, C>(Class<C> body, BiFunction<W, Command<C>, Answer> apply) {}

  /** Starts the table of the participant that reads this topic. */
  public static Table of(String topic) {
    return new Table(topic);
  }

  public String topic() {
    return topic;
  }

  Function<List<Command<?>>, W> load() {
    return load;
  }

  Map<String, Handler<W, ?>> handlers() {
    return handlers;
  }

  Consumer<W> save() {
    return save;
  }

  /** A table that has no working set yet. */
  public record Table(String topic) {

    /** How the aggregates that a batch touches are loaded: in one statement each, in key order. */
    public <W> Rows<W> loading(Function<List<Command<?>>, W> load) {
      return new Rows<>(topic, load);
    }
  }

  /** The table's rows. */
  public static final class Rows<W> {

    private final String topic;
    private final Function<List<Command<?>>, W> load;
    private final Map<String, Handler<W, ?>> handlers = new LinkedHashMap<>();

    private Rows(String topic, Function<List<Command<?>>, W> load) {
      this.topic = topic;
      this.load = load;
    }

    /**
     * One row: commands of this type are read as {@code body} and given to {@code apply}.
     *
     * @throws IllegalArgumentException when the type has a row already
     */
    public <C> Rows<W> on(String type, Class<C> body, BiFunction<W, Command<C>, Answer> apply) {
      if (handlers.putIfAbsent(type, new Handler<>(body, apply)) != null) {
        throw new IllegalArgumentException(topic + " has two handlers for " + type);
      }
      return this;
    }

    /** How what the batch changed is written, once, before its replies are. */
    public Participant<W> saving(Consumer<W> save) {
      return new Participant<>(topic, load, handlers, save);
    }
  }
}
