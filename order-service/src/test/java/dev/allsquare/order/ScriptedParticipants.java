package dev.allsquare.order;

import dev.allsquare.contract.inventory.Inventory;
import dev.allsquare.contract.payment.Payment;
import dev.allsquare.inbox.MessageHandler;
import dev.allsquare.message.Message;
import dev.allsquare.message.Reply;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import dev.allsquare.message.Verdict;
import dev.allsquare.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * inventory-service and payment-service as the test wants them: they read the real command topics
 * and answer on the real reply topic, DONE unless told otherwise for a customer and command type.
 */
@TestConfiguration(proxyBeanMethods = false)
public class ScriptedParticipants {

  /** A saga without a script is answered as if everything worked. */
  public static final class Script {

    private sealed interface Line {
      record Answer(Reply reply) implements Line {}

      record Silence() implements Line {}
    }

    private record Rule(String customer, String type) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Rule, Line> rules = new ConcurrentHashMap<>();
    private final Map<String, List<Message>> seen = new ConcurrentHashMap<>();
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    Script(Outbox outbox, JdbcClient jdbc, TransactionTemplate transactions) {
      this.outbox = outbox;
      this.jdbc = jdbc;
      this.transactions = transactions;
    }

    public void refuse(String customer, String type, String reason) {
      rules.put(new Rule(customer, type), new Line.Answer(new Reply(Verdict.REFUSED, reason)));
    }

    public void silence(String customer, String type) {
      rules.put(new Rule(customer, type), new Line.Silence());
    }

    /** From now on commands of this type are done, as if there had never been a script. */
    public void mend(String customer, String type) {
      rules.remove(new Rule(customer, type));
    }

    /** Answers the commands of this type that were met with silence, and those to come. */
    public void nowAnswer(String customer, String type, Verdict verdict, @Nullable String reason) {
      var reply = new Reply(verdict, reason);
      rules.put(new Rule(customer, type), new Line.Answer(reply));
      transactions.executeWithoutResult(
          tx ->
              outbox.append(
                  commands(customer).stream()
                      .filter(command -> command.type().equals(type))
                      .map(command -> answer(command, reply))
                      .toList()));
    }

    /** The types of the customer's commands, in the order of their first arrival. */
    public List<String> types(String customer) {
      return commands(customer).stream().map(Message::type).distinct().toList();
    }

    public List<Message> commands(String customer) {
      return List.copyOf(seen.getOrDefault(customer, List.of()));
    }

    void handle(List<Message> batch) {
      outbox.append(
          batch.stream()
              .flatMap(command -> reply(command).map(it -> answer(command, it)).stream())
              .toList());
    }

    private Optional<Reply> reply(Message command) {
      var customer = customerOf(command);
      seen.computeIfAbsent(customer, it -> new CopyOnWriteArrayList<>()).add(command);
      return switch (rules.get(new Rule(customer, command.type()))) {
        case Line.Answer(Reply reply) -> Optional.of(reply);
        case Line.Silence silence -> Optional.empty();
        case null -> Optional.of(new Reply(Verdict.DONE, null));
      };
    }

    private String customerOf(Message command) {
      var order = JSON.readTree(command.payload()).get("orderId").stringValue();
      return jdbc.sql("select customer_id from orders where id = ?")
          .param(UUID.fromString(order))
          .query(String.class)
          .single();
    }

    private static Message answer(Message command, Reply reply) {
      SagaContext saga = Objects.requireNonNull(command.saga());
      return new Message(
          Uuid7.derived(Uuid7.timeOf(command.id()), command.id() + reply.verdict().name()),
          saga.replyTo(),
          saga.sagaId().toString(),
          Reply.TYPE,
          "scripted",
          command.subject(),
          Instant.now(),
          JSON.writeValueAsString(reply),
          saga,
          command.id(),
          command.traceparent());
    }
  }

  @Bean
  Script script(Outbox outbox, JdbcClient jdbc, TransactionTemplate transactions) {
    return new Script(outbox, jdbc, transactions);
  }

  @Bean
  MessageHandler scriptedInventory(Script script) {
    return handler(Inventory.COMMANDS, script);
  }

  @Bean
  MessageHandler scriptedPayment(Script script) {
    return handler(Payment.COMMANDS, script);
  }

  private static MessageHandler handler(String topic, Script script) {
    return new MessageHandler() {
      @Override
      public String topic() {
        return topic;
      }

      @Override
      public void handle(List<Message> batch) {
        script.handle(batch);
      }
    };
  }
}
