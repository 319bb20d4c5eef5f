package dev.allsquare.saga;

import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Sweep sweep = mock(Sweep.class);
  private final Pulse pulse = new Pulse(sweep, mock(Replicas.class), () -> {}, settings());

  @AfterEach
  void stop() {
    pulse.stop();
  }

  @Test
  void anErrorEndsOneSweepAndNotAllOfThem() {
    doThrow(new NoClassDefFoundError("not there, once")).doNothing().when(sweep).sweep();

    pulse.start();

    verify(sweep, timeout(30_000).atLeast(2)).sweep();
  }

  private static SagaProperties settings() {
    return new SagaProperties(
        HOUR, HOUR, 3, HOUR, HOUR, Duration.ofMillis(5), 500, HOUR, HOUR, HOUR);
  }
}
