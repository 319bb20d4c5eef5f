package dev.allsquare.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.message.Message;
import dev.allsquare.participant.Box.How;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a poll costs is counted here, so that it stays what the documentation says. */
class StatementsTest {

  @Test
  void aPollCostsFourStatementsAndACommitBesideTheParticipantsOwn() {
    try (var box = new Box()) {
      List<Message> batch = new ArrayList<>();
      IntStream.range(0, 100).forEach(_ -> batch.add(box.take(box.newSaga(), How.REFUSED)));
      IntStream.range(0, 100).forEach(_ -> batch.add(box.putBack(box.newSaga(), How.DONE)));
      box.messaging().dataSource().takeLog();

      box.poll(batch);

      assertThat(box.messaging().dataSource().takeLog())
          .containsExactly(
              "select message_id as",
              "insert into inbox",
              "insert into barrier",
              "insert into outbox",
              "commit");
    }
  }

  @Test
  void aPollOfDuplicatesCostsTwoStatementsAndACommit() {
    try (var box = new Box()) {
      Message take = box.take(box.newSaga(), How.DONE);
      box.poll(take);
      box.messaging().dataSource().takeLog();

      box.poll(take, take);

      assertThat(box.messaging().dataSource().takeLog())
          .containsExactly("select message_id as", "insert into outbox", "commit");
    }
  }
}
