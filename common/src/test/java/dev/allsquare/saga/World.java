package dev.allsquare.saga;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A participant for all steps, with an inbox and a barrier as the real ones have, and the truth
 * about what was done and undone.
 */
final class World {

  private record Key(String step, Direction direction) {

    Key opposite() {
      return new Key(step, Direction.ACTION);
    }
  }

  /** An answer as it travels back. */
  record Answer(Command command, Verdict verdict) {}

  private final Random random;
  private final UnaryOperator<Double> trouble;
  private final Map<UUID, Verdict> inbox = new HashMap<>();
  private final Map<Key, Verdict> barrier = new HashMap<>();
  private final List<String> effects = new ArrayList<>();

  World(Random random, UnaryOperator<Double> trouble) {
    this.random = random;
    this.trouble = trouble;
  }

  /** What was really done, in order: {@code reserve}, {@code undo reserve}. */
  List<String> effects() {
    return effects;
  }

  /** The steps whose effect stands. */
  Set<String> standing() {
    var standing = new java.util.TreeSet<String>();
    for (var effect : effects) {
      if (effect.startsWith("undo ")) {
        standing.remove(effect.substring(5));
      } else {
        standing.add(effect);
      }
    }
    return standing;
  }

  Answer handle(Command command, Saga<?> saga) {
    var known = inbox.get(command.id());
    return new Answer(command, known == null ? handleNew(command, saga) : known);
  }

  private Verdict handleNew(Command command, Saga<?> saga) {
    var key = new Key(command.step(), command.direction());
    var verdict = barrier.get(key);
    if (verdict == null) {
      verdict = command.direction() == Direction.ACTION ? act(key, saga) : undo(key);
    }
    if (verdict != Verdict.FAILED) {
      inbox.put(command.id(), verdict);
      barrier.put(key, verdict);
    }
    return verdict;
  }

  private Verdict act(Key key, Saga<?> saga) {
    var place = saga.place(key.step());
    boolean isRetriable = place != null && place.kind() == Saga.Kind.RETRIABLE;
    var verdict = verdict(isRetriable ? 0.02 : 0.15);
    if (verdict == Verdict.DONE) {
      effects.add(key.step());
    }
    return verdict;
  }

  private Verdict undo(Key key) {
    var action = barrier.get(key.opposite());
    if (action == null) {
      // The barrier: whatever comes for this step after its compensation is refused.
      barrier.put(key.opposite(), Verdict.REFUSED);
    }
    if (action != Verdict.DONE) {
      return Verdict.DONE;
    }
    var verdict = verdict(0.02);
    if (verdict == Verdict.DONE) {
      effects.add("undo " + key.step());
    }
    return verdict;
  }

  private Verdict verdict(double refusals) {
    double dice = random.nextDouble();
    if (dice < trouble.apply(refusals)) {
      return Verdict.REFUSED;
    }
    return dice < trouble.apply(refusals + 0.1) ? Verdict.FAILED : Verdict.DONE;
  }

  static @Nullable String reason(Verdict verdict) {
    return verdict == Verdict.DONE ? null : verdict.name();
  }
}
