package dev.allsquare.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Direction;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.saga.Entry.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A talk with one saga: expect its commands, give replies, let time pass. A command reads {@code
 * reserve}, its second attempt {@code reserve #2}, its repetition {@code reserve again}, its
 * compensation {@code undo reserve}.
 *
 * <pre>{@code
 * Dialogue.start(PlaceOrderSaga.table(ofSeconds(60)))
 *     .expect("reserveStock", "authorizePayment")
 *     .refused("authorizePayment", "INSUFFICIENT_FUNDS")
 *     .expect("undo reserveStock")
 *     .done("undo reserveStock")
 *     .isCompensated("INSUFFICIENT_FUNDS");
 * }</pre>
 *
 * <p>Unless a step says otherwise, what is not answered is sent again after 10, 20 and then 40
 * seconds, and what fails is tried three times, after 1 and 2 seconds.
 */
public final class Dialogue {

  static final Pacing PACING =
      new Pacing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(40),
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(60));

  private static final int MOST_LOOKS = 10_000;

  private final Saga<?> saga;
  private final List<String> commands = new ArrayList<>();
  private final Map<String, UUID> ids = new HashMap<>();
  private final Set<UUID> inOutbox = new HashSet<>();
  private final Set<UUID> parkedInOutbox = new HashSet<>();
  private final List<Entry> history = new ArrayList<>();
  private Instance instance = Instance.fresh(Uuid7.next(Instant.EPOCH));
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");
  private Outcome outcome = Outcome.NOTHING;

  private Dialogue(Saga<?> saga) {
    this.saga = saga;
  }

  /** The saga's first words. */
  public static Dialogue start(Saga<?> saga) {
    return new Dialogue(saga).on(new Event.Started());
  }

  /** The commands since the last expectation: these, and no others. */
  public Dialogue expect(String... expected) {
    assertThat(commands).containsExactly(expected);
    commands.clear();
    return this;
  }

  public Dialogue expectNothing() {
    return expect();
  }

  public Dialogue done(String... names) {
    for (var name : names) {
      reply(name, Verdict.DONE, null);
    }
    return this;
  }

  public Dialogue refused(String name, String reason) {
    return reply(name, Verdict.REFUSED, reason);
  }

  public Dialogue failed(String name) {
    return reply(name, Verdict.FAILED, "it broke");
  }

  /** A reply to the command that reads like this. */
  private Dialogue reply(String name, Verdict verdict, @Nullable String reason) {
    boolean undo = name.startsWith("undo ");
    var step = name.substring(undo ? 5 : 0).split(" ", 2)[0];
    var id = ids.get(name);
    assertThat(id).as("was ever commanded: %s", name).isNotNull();
    return on(
        new Event.Replied(
            step,
            undo ? Direction.COMPENSATION : Direction.ACTION,
            id == null ? UUID.randomUUID() : id,
            verdict,
            reason));
  }

  Dialogue on(Event event) {
    var decision = Transition.decide(saga, PACING, instance, event, now);
    instance = decision.next();
    outcome = decision.outcome();
    history.addAll(decision.history());
    decision.history().forEach(this::hear);
    var stored = Json.steps(instance);
    assertThat(
            Json.instance(
                instance.id(), instance.phase(), instance.reason(), instance.parked(), stored))
        .as("survives being stored")
        .isEqualTo(instance);
    return this;
  }

  private void hear(Entry entry) {
    if (entry.what() == What.COMMANDED || entry.what() == What.RESENT) {
      var attempt = entry.attempt();
      var name =
          (entry.direction() == Direction.COMPENSATION ? "undo " : "")
              + entry.step()
              + (attempt == null || attempt == 1 ? "" : " #" + attempt);
      var id = entry.commandId();
      if (id != null && entry.what() == What.COMMANDED) {
        ids.put(name, id);
      }
      assertThat(ids.get(name)).as("a repetition has the id of what it repeats").isEqualTo(id);
      commands.add(name + (entry.what() == What.RESENT ? " again" : ""));
    }
  }

  /** Time passes, and then the sweep looks. */
  public Dialogue after(int seconds) {
    now = now.plusSeconds(seconds);
    return on(new Event.Tick(Set.copyOf(inOutbox), Set.copyOf(parkedInOutbox)));
  }

  /** Time passes until this command is not waited for any longer; its repetitions are not heard. */
  public Dialogue timesOut(String name) {
    boolean undo = name.startsWith("undo ");
    var step = name.substring(undo ? 5 : 0).split(" ", 2)[0];
    var direction = undo ? Direction.COMPENSATION : Direction.ACTION;
    return until(
        "times out: " + name,
        it -> it.what() == What.TIMED_OUT && step.equals(it.step()) && it.direction() == direction);
  }

  /** Time passes until this is commanded; repetitions of others are not heard. */
  public Dialogue inTime(String name) {
    until("is commanded in time: " + name, _ -> ids.containsKey(name));
    assertThat(commands).contains(name);
    commands.remove(name);
    return this;
  }

  private Dialogue until(String what, Predicate<Entry> happened) {
    int known = history.size();
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      var due = instance.dueAt();
      assertThat(due).as("has a timer, and %s", what).isNotNull();
      now = due == null ? now : due;
      on(new Event.Tick(Set.copyOf(inOutbox), Set.copyOf(parkedInOutbox)));
      commands.removeIf(command -> command.endsWith(" again"));
      if (history.subList(known, history.size()).stream().anyMatch(happened)) {
        return this;
      }
    }
    throw new AssertionError("never " + what);
  }

  public Dialogue turnRound(String reason) {
    return on(new Event.TurnRound(reason));
  }

  Dialogue repair(Repair repair) {
    return on(new Event.Repaired(repair, "ann", "because"));
  }

  /** An operator has what is stuck tried once more. */
  public Dialogue retry() {
    return repair(Repair.RETRY).was(Outcome.APPLIED);
  }

  /** An operator takes what is stuck for done. */
  public Dialogue skip() {
    return repair(Repair.SKIP).was(Outcome.APPLIED);
  }

  /** An operator has everything undone. */
  public Dialogue compensate() {
    return repair(Repair.COMPENSATE).was(Outcome.APPLIED);
  }

  /** An operator has it go on with what it awaits. */
  public Dialogue resume() {
    return repair(Repair.RESUME).was(Outcome.APPLIED);
  }

  public Dialogue isRunning() {
    return is(Phase.RUNNING);
  }

  public Dialogue isCompleted() {
    return is(Phase.COMPLETED).because(null);
  }

  public Dialogue isCompensated(String reason) {
    return is(Phase.COMPENSATED).because(reason);
  }

  /** Parked, whichever way it goes. */
  public Dialogue isParked(String why) {
    assertThat(instance.parked()).isEqualTo(why);
    return this;
  }

  Dialogue stuckInOutbox(String name) {
    var id = ids.get(name);
    assertThat(id).isNotNull();
    inOutbox.add(id == null ? UUID.randomUUID() : id);
    return this;
  }

  Dialogue parkedInOutbox(String name) {
    parkedInOutbox.addAll(stuckInOutbox(name).inOutbox);
    return this;
  }

  Dialogue outboxDrained() {
    inOutbox.clear();
    return this;
  }

  Dialogue parkFor(String why) {
    instance = instance.parkedBecause(why);
    return this;
  }

  Dialogue was(Outcome expected) {
    assertThat(outcome).isEqualTo(expected);
    return this;
  }

  Dialogue is(Phase phase) {
    assertThat(instance.parked()).isNull();
    assertThat(instance.phase()).isEqualTo(phase);
    return this;
  }

  Dialogue isParked(Phase remembering, String why) {
    assertThat(instance.parked()).isEqualTo(why);
    assertThat(instance.phase()).isEqualTo(remembering);
    return this;
  }

  Dialogue because(@Nullable String reason) {
    assertThat(instance.reason()).isEqualTo(reason);
    return this;
  }

  public Dialogue waitsFor(String... steps) {
    assertThat(instance.waitingFor()).containsExactlyInAnyOrder(steps);
    return this;
  }

  Dialogue remembers(What... what) {
    assertThat(history).extracting(Entry::what).containsExactly(what);
    return this;
  }

  Dialogue dueIn(int seconds) {
    assertThat(instance.dueAt()).isEqualTo(now.plusSeconds(seconds));
    return this;
  }

  Dialogue neverDue() {
    assertThat(instance.dueAt()).isNull();
    return this;
  }
}
