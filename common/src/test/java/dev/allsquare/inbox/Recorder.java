package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import dev.allsquare.message.Uuid7;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A handler of events that writes down each one; the payload is what a test calls it by. What a
 * test wants to go wrong is done before each of them.
 */
final class Recorder implements MessageHandler {

  static final String TOPIC = "box.events";

  private final JdbcClient jdbc;
  private final List<List<String>> batches = new CopyOnWriteArrayList<>();
  private Consumer<String> before = _ -> {};
  private Consumer<String> onDeadLetter = _ -> {};

  Recorder(JdbcClient jdbc) {
    this.jdbc = jdbc;
    jdbc.sql("create table if not exists event (name text unique)").update();
    jdbc.sql("truncate event, dead_letter, outbox").update();
  }

  static Message event(String key, String name) {
    Instant now = Instant.now();
    return new Message(
        Uuid7.next(now), TOPIC, key, "box.event.v1", "box", null, now, name, null, null, null);
  }

  static List<Message> events(String key, String... names) {
    List<Message> events = new ArrayList<>();
    for (String name : names) {
      events.add(event(key, name));
    }
    return events;
  }

  Recorder before(Consumer<String> action) {
    before = action;
    return this;
  }

  /** Breaks, by its own fault, on this event. */
  Recorder breakingOn(String name) {
    return before(
        it -> {
          if (it.equals(name)) {
            throw new IllegalStateException("no " + name);
          }
        });
  }

  Recorder onDeadLetter(Consumer<String> action) {
    onDeadLetter = action;
    return this;
  }

  @Override
  public String topic() {
    return TOPIC;
  }

  @Override
  public void handle(List<Message> batch) {
    batches.add(batch.stream().map(Message::payload).toList());
    for (Message message : batch) {
      before.accept(message.payload());
      jdbc.sql("insert into event values (?)").param(message.payload()).update();
    }
  }

  @Override
  public void deadLettered(Message message, String why) {
    onDeadLetter.accept(message.payload());
  }

  /** Every batch it was given, in order. */
  List<List<String>> batches() {
    return batches;
  }

  List<String> recorded() {
    return strings("select name from event order by name");
  }

  List<String> deadLetters() {
    return strings("select convert_from(payload, 'UTF8') from dead_letter order by seq");
  }

  List<String> strings(String sql) {
    return jdbc.sql(sql).query((rs, _) -> rs.getString(1)).list();
  }
}
