package dev.allsquare.inbox;

import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionKeeperTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final Partitions partitions = mock(Partitions.class);
  private final PartitionKeeper keeper =
      new PartitionKeeper(partitions, List.of(), settings(), Clock.systemUTC());

  @AfterEach
  void stop() {
    keeper.stop();
  }

  @Test
  void anErrorEndsOneRoundAndNotAllOfThem() {
    when(partitions.databaseTime()).thenReturn(Instant.now());
    doNothing()
        .doThrow(new NoClassDefFoundError("not there, once"))
        .doNothing()
        .when(partitions)
        .keep(anyList());

    keeper.start();

    verify(partitions, timeout(30_000).atLeast(3)).keep(anyList());
  }

  private static InboxProperties settings() {
    return new InboxProperties(DAY, DAY, DAY, DAY, Duration.ofMillis(5), null);
  }
}
