package dev.allsquare.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one turn does after the other, without a database. */
class RelayTurnTest {

  private final OutboxTable table = mock(OutboxTable.class);
  private final Leases leases = mock(Leases.class);
  private final Relay relay =
      new Relay(
          table,
          mock(ParkedKeys.class),
          leases,
          new FakeLog(),
          new Mailbox(),
          new RelayMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
          Database.quick());

  @Test
  void whatWasSentIsDeletedBeforeItsShardMayBeGivenAway() throws Exception {
    var deleted = new ArrayList<Object>();
    var deletedBeforeTheBeat = new ArrayList<Object>();
    when(table.depth()).thenReturn(new OutboxTable.Depth(0, null, 0));
    when(table.exchange(anyList(), any(), any(), anyInt()))
        .thenReturn(List.of(new Row(7, 3, false, Messages.message("k", "0"))))
        .thenReturn(List.of());
    doAnswer(call -> deleted.addAll(call.<List<?>>getArgument(0))).when(table).delete(anyList());
    when(leases.held()).thenReturn(Set.of(3));
    when(leases.holds(3)).thenReturn(true);
    when(leases.beatIsDue()).thenReturn(false, true);
    doAnswer(_ -> deletedBeforeTheBeat.addAll(deleted)).when(leases).beat(any());

    relay.begin();
    relay.turn();
    relay.turn();

    assertThat(deletedBeforeTheBeat).containsExactly(7L);
  }
}
