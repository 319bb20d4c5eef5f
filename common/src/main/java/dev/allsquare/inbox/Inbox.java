package dev.allsquare.inbox;

import dev.allsquare.message.Message;
import dev.allsquare.message.SagaContext;
import dev.allsquare.message.Uuid7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Remembers message ids, for as long as it can be relied on to know them all. */
public final class Inbox {

  private final JdbcClient jdbc;
  private final InboxProperties properties;
  private final Clock clock;

  Inbox(JdbcClient jdbc, InboxProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Why the inbox cannot say whether it knows this message: its id is from a time that is already
   * forgotten or not yet here. Null when it can.
   *
   * <p>Before anything is refused, the database is asked what time it is: the clock of this machine
   * may be wrong, and what is refused is never handled.
   */
  public @Nullable String refusal(Message message) {
    return refusal(message, clock.instant()) == null ? null : refusal(message, databaseTime());
  }

  private Instant databaseTime() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  private @Nullable String refusal(Message message, Instant now) {
    String refusal = refusal("its id", message.id(), properties.retention(), now);
    SagaContext saga = message.saga();
    return refusal == null && saga != null
        ? refusal("its saga's id", saga.sagaId(), properties.barrierRetention(), now)
        : refusal;
  }

  private @Nullable String refusal(String what, UUID id, Duration retention, Instant now) {
    if (!Uuid7.isVersion7(id)) {
      return what + " is no version 7 UUID";
    }
    Instant time = Uuid7.timeOf(id);
    if (time.isBefore(now.minus(retention))) {
      return what + " is from " + time + ": that is older than the inbox remembers";
    }
    return time.isAfter(now.plus(properties.tolerance()))
        ? what + " is from " + time + ": that is in the future"
        : null;
  }

  /**
   * The messages that were not handled before, in their order, remembered from now on. One
   * statement, in the caller's transaction; a concurrent duplicate waits for that to end.
   *
   * @throws IllegalStateException outside a transaction
   */
  public List<Message> firstSeen(List<Message> messages) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the inbox belongs into the transaction of the effect");
    }
    String[] ids =
        messages.stream().map(it -> it.id().toString()).sorted().distinct().toArray(String[]::new);
    Set<UUID> unseen =
        new HashSet<>(
            jdbc.sql(
                    """
                    insert into inbox (message_id, verdict)
                    select id, 'DONE' from unnest(:ids::uuid[]) as id
                    on conflict do nothing
                    returning message_id
                    """)
                .param("ids", ids)
                .query(UUID.class)
                .list());
    List<Message> first = new ArrayList<>(unseen.size());
    messages.stream().filter(it -> unseen.remove(it.id())).forEach(first::add);
    return first;
  }
}
