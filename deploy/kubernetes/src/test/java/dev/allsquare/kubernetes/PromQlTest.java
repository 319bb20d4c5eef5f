package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allsquare.kubernetes.PromQl.Series;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

  @Test
  void findsEverySeries() {
    var expression =
        new PromQl(
            """
            sum by (job, instance) (rate(a_count{outcome="x_y", job=~"b|c"}[5m])) / max(d_total) > 0.01
            or absent(up{job="e"}) unless on (job) f offset 15m\
            """);
    assertThat(expression.series())
        .containsExactlyInAnyOrder(
            new Series("a_count", Set.of("outcome", "job")),
            new Series("d_total", Set.of()),
            new Series("up", Set.of("job")),
            new Series("f", Set.of()));
    assertThat(expression.groupings()).containsExactlyInAnyOrder("job", "instance");
  }
}
