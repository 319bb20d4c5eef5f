package dev.allsquare.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.inbox.BatchProcessor;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Direction;
import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.testing.Messaging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A service in the small: things are taken from a box and put back. Commands say in their payload
 * how they want to end; every effect is a row.
 */
final class Box implements AutoCloseable {

  static final String COMMANDS = "box.commands";
  static final String REPLIES = "shop.replies";
  static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** How a command wants to end. */
  enum How {
    DONE,
    REFUSED,
    LATER,
    BROKEN
  }

  record Take(How how) {
    static final String TYPE = "box.take.v1";
  }

  record PutBack(How how) {
    static final String TYPE = "box.put-back.v1";
  }

  /** One poll's working set: the effects to write. */
  record Contents(List<Message> effects) {}

  private final Messaging messaging =
      new Messaging(it -> it.registerBean(Participant.class, this::participant));
  private volatile Consumer<List<Command<?>>> onLoad = _ -> {};
  private volatile Consumer<JdbcClient> onSave = _ -> {};

  Box() {
    messaging
        .jdbc()
        .sql("create table effect (command_id uuid, saga_id uuid, direction text)")
        .update();
  }

  private Participant<Contents> participant() {
    return Participant.of(COMMANDS)
        .loading(this::load)
        .on(Take.TYPE, Take.class, (box, it) -> apply(box, it.message(), it.body().how()))
        .on(PutBack.TYPE, PutBack.class, (box, it) -> apply(box, it.message(), it.body().how()))
        .saving(this::save);
  }

  private Contents load(List<Command<?>> commands) {
    onLoad.accept(commands);
    return new Contents(new ArrayList<>());
  }

  private static Answer apply(Contents box, Message message, How how) {
    return switch (how) {
      case DONE -> {
        box.effects().add(message);
        yield Answer.done();
      }
      case REFUSED -> Answer.refused("BOX_IS_SHUT");
      case LATER -> Answer.later();
      case BROKEN -> throw new IllegalStateException("the box fell");
    };
  }

  private void save(Contents box) {
    for (Message message : box.effects()) {
      messaging
          .jdbc()
          .sql("insert into effect values (?, ?, ?)")
          .params(
              message.id(),
              Judge.sagaOf(message).sagaId(),
              Judge.sagaOf(message).direction().name())
          .update();
    }
    onSave.accept(messaging.jdbc());
  }

  /** Called in every poll that loads, after inbox and barrier were read. */
  void onLoad(Consumer<List<Command<?>>> action) {
    onLoad = action;
  }

  void onSave(Consumer<JdbcClient> action) {
    onSave = action;
  }

  Messaging messaging() {
    return messaging;
  }

  void poll(Message... batch) {
    poll(List.of(batch));
  }

  void poll(List<Message> batch) {
    messaging.bean(BatchProcessor.class).process(messaging.bean(MessageHandler.class), batch);
  }

  boolean answerLate(Message command, Answer answer) {
    return Boolean.TRUE.equals(
        messaging
            .transaction()
            .execute(_ -> messaging.bean(LateAnswers.class).answer(command.id(), answer)));
  }

  Instant now() {
    return messaging.clock().instant();
  }

  UUID newSaga() {
    return Uuid7.next(now());
  }

  Message take(UUID saga, How how) {
    return command(Uuid7.next(now()), saga, Direction.ACTION, how);
  }

  Message putBack(UUID saga, How how) {
    return command(Uuid7.next(now()), saga, Direction.COMPENSATION, how);
  }

  Message take(UUID id, UUID saga) {
    return command(id, saga, Direction.ACTION, How.DONE);
  }

  private Message command(UUID id, UUID saga, Direction direction, How how) {
    String type = direction == Direction.ACTION ? Take.TYPE : PutBack.TYPE;
    return message(id, type, "{\"how\":\"%s\",\"newer\":1}".formatted(how), saga, direction);
  }

  /** The same command, whose reply is wanted on another topic. */
  Message repliedTo(Message command, String topic) {
    UUID sagaId = UUID.fromString(command.key());
    return new Message(
        command.id(),
        command.topic(),
        command.key(),
        command.type(),
        command.source(),
        command.subject(),
        command.time(),
        command.payload(),
        new SagaContext(sagaId, "Shopping", "takeThing", Direction.ACTION, topic),
        null,
        TRACE);
  }

  Message message(UUID id, String type, String payload, UUID saga, Direction direction) {
    return new Message(
        id,
        COMMANDS,
        saga.toString(),
        type,
        "shop",
        "order-1",
        now(),
        payload,
        new SagaContext(saga, "Shopping", "takeThing", direction, REPLIES),
        null,
        TRACE);
  }

  /** The replies given to the command so far, as {@code VERDICT} or {@code VERDICT reason}. */
  List<String> repliesTo(Message command) {
    return messaging.sentBecauseOf(command).stream()
        .filter(it -> it.topic().equals(REPLIES))
        .map(it -> it.payload().replaceAll("[{}\":]|verdict|reason", "").replace(',', ' '))
        .toList();
  }

  void assertReplies(Message command, String... replies) {
    assertThat(repliesTo(command)).containsExactly(replies);
    assertThat(messaging.sentBecauseOf(command).stream().map(Messaging.Sent::id).distinct())
        .as("ids of the replies")
        .hasSizeLessThanOrEqualTo(1);
  }

  /** How often the command had its effect. */
  int effectsOf(Message command) {
    return count("effect where command_id = ?", command.id());
  }

  int effectsOn(UUID saga) {
    return count("effect where saga_id = ?", saga);
  }

  int deadLettersOf(Message command) {
    return count("dead_letter where id = ?", command.id());
  }

  int count(String fromWhere, Object... params) {
    return messaging
        .jdbc()
        .sql("select count(*) from " + fromWhere)
        .params(params)
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    messaging.close();
  }
}
