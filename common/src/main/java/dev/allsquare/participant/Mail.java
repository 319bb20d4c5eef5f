package dev.allsquare.participant;

import dev.allsquare.message.Message;
import dev.allsquare.outbox.Outbox;
import dev.allsquare.participant.Judge.Judged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Sends what was judged to those who wait for it, through the outbox. */
final class Mail {

  private final Replies replies;
  private final Outbox outbox;
  private final MeterRegistry meters;

  Mail(Replies replies, Outbox outbox, MeterRegistry meters) {
    this.replies = replies;
    this.outbox = outbox;
    this.meters = meters;
  }

  /** The counter of a topic begins at zero: its first duplicate is an increase, too. */
  void countDuplicatesOf(String topic) {
    duplicates(topic);
  }

  /** Replies to all, and counts the duplicates once that is committed. */
  void send(String topic, Judge judge) {
    send(judge.judged());
    if (judge.duplicates() > 0) {
      countAfterCommit(topic, judge.duplicates());
    }
  }

  void send(Collection<Judged> judged) {
    append(judged.stream().flatMap(it -> replyTo(it).stream()).toList());
  }

  void send(Collection<ReplyAddress> addresses, Outcome outcome) {
    append(addresses.stream().flatMap(to -> replies.to(to, outcome).stream()).toList());
  }

  /** A command without a saga is nobody's: there is nowhere to reply to. */
  private Optional<Message> replyTo(Judged judged) {
    return judged.command().saga() == null
        ? Optional.empty()
        : replies.to(ReplyAddress.of(judged.command()), judged.outcome());
  }

  private void append(List<Message> messages) {
    if (!messages.isEmpty()) {
      outbox.append(messages);
    }
  }

  private void countAfterCommit(String topic, int duplicates) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            duplicates(topic).increment(duplicates);
          }
        });
  }

  private Counter duplicates(String topic) {
    return meters.counter("inbox.duplicates", "topic", topic);
  }
}
