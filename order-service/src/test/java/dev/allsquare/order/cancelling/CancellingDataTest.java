package dev.allsquare.order.cancelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CancellingDataTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void whatIsStoredWithASagaDoesNotChangeByAccident() {
    var data = new CancellingData(UUID.fromString("019b0000-0000-7000-8000-000000000001"));
    var stored = "{\"orderId\":\"019b0000-0000-7000-8000-000000000001\"}";

    assertThat(JSON.writeValueAsString(data)).isEqualTo(stored);
    assertThat(JSON.readValue(stored, CancellingData.class)).isEqualTo(data);
  }
}
