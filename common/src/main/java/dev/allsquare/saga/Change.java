package dev.allsquare.saga;

import dev.allsquare.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transaction does to one saga, however many events that takes. */
final class Change {

  private final Row before;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Message> messages = new ArrayList<>();
  private Row after;
  private boolean swept;
  private @Nullable Instant leftUntil;

  Change(Row before) {
    this.before = before;
    this.after = before;
  }

  Row before() {
    return before;
  }

  Instance now() {
    return after.instance();
  }

  void add(Instance next, List<Entry> history, List<Message> commands) {
    after = after.with(next);
    entries.addAll(history);
    messages.addAll(commands);
  }

  /** The sweep has looked at it, so its time to wake moves even if nothing else does. */
  void swept() {
    swept = true;
  }

  /** It is for another replica, and woken for that one. */
  void leaveUntil(Instant wakeAt) {
    leftUntil = wakeAt;
  }

  Row after() {
    if (leftUntil != null) {
      return before.waking(after.instance(), leftUntil);
    }
    return swept ? before.swept(after.instance()) : after;
  }

  boolean isToBeWritten() {
    return swept || !entries.isEmpty() || !after.instance().equals(before.instance());
  }

  boolean isEnded() {
    return after.instance().phase().ended() && !before.instance().phase().ended();
  }

  boolean isParked() {
    return after.instance().parked() != null && before.instance().parked() == null;
  }

  List<Message> messages() {
    return messages;
  }

  SagaTable.Chapter chapter() {
    return new SagaTable.Chapter(before.id(), before.revision() + 1, List.copyOf(entries));
  }
}
