package dev.allsquare.saga;

import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.SagaContext;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Takes the replies of one poll to their sagas.
 *
 * <p>What a poll costs, whatever it returned: one select that locks the sagas in the order of their
 * ids, one update with one row per saga (the replies are folded in memory, in message order), one
 * insert into the history, one into the outbox if there is a next command, what the {@link
 * SagaEnding}s write, one commit. A poll of duplicates costs the select and the commit.
 *
 * <p>There is no inbox row per reply. The locked row knows which commands it awaits, so it knows a
 * duplicate by itself; and a reply it still awaits is applied even if an inbox has seen its id.
 */
final class Orchestrator implements MessageHandler {

  record Delivery(Message message, SagaContext saga, Event.Replied event) {

    UUID sagaId() {
      return saga.sagaId();
    }
  }

  private final String topic;
  private final Engine engine;
  private final SagaMetrics metrics;

  Orchestrator(String topic, Engine engine, SagaMetrics metrics) {
    this.topic = topic;
    this.engine = engine;
    this.metrics = metrics;
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public void handle(List<Message> batch) {
    var deliveries = batch.stream().map(Orchestrator::read).toList();
    var work = engine.lock(deliveries.stream().map(Delivery::sagaId).distinct().toList());
    for (var delivery : deliveries) {
      var outcome = work.apply(delivery.sagaId(), delivery.event(), delivery.message());
      metrics.replied(delivery.saga(), delivery.event(), outcome);
    }
    engine.save(work);
  }

  /** A message that is no reply is thrown out, and so becomes a dead letter alone. */
  static Delivery read(Message message) {
    var saga = message.saga();
    var commandId = message.causationId();
    if (!message.type().equals(Reply.TYPE) || saga == null || commandId == null) {
      throw new IllegalArgumentException("not a reply to a saga's command: " + message.id());
    }
    var reply = Json.read(message.payload(), Reply.class);
    Objects.requireNonNull(reply.verdict(), "a reply without a verdict");
    var event =
        new Event.Replied(
            saga.step(), saga.direction(), commandId, reply.verdict(), reply.reason());
    return new Delivery(message, saga, event);
  }
}
