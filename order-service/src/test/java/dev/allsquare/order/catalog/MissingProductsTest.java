package dev.allsquare.order.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.allsquare.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class MissingProductsTest {

  private final InventoryClient inventory = mock(InventoryClient.class);
  private final MissingProducts missing = new MissingProducts(inventory, mock(Catalog.class));

  @Test
  void whoWaitsForACallThatEndsInAnErrorIsAnsweredAllTheSame() {
    when(inventory.product("TEA")).thenThrow(new NoClassDefFoundError("not there, once"));

    var fetched = CompletableFuture.runAsync(() -> missing.fetch(List.of("TEA")));

    assertThat(fetched)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(Problem.class);
  }
}
