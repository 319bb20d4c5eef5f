package dev.allsquare.operator;

import dev.allsquare.saga.SagaDrawings;
import dev.allsquare.saga.SagaStatistics;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells what is known of all sagas together. */
@RestController
@RequestMapping("${management.endpoints.web.base-path:/actuator}/sagas")
final class SagaOverviewController {

  record Drawings(List<SagaDrawings.Drawing> items) {}

  private final SagaDrawings drawings;
  private final SagaStatistics statistics;

  SagaOverviewController(SagaDrawings drawings, SagaStatistics statistics) {
    this.drawings = drawings;
    this.statistics = statistics;
  }

  @GetMapping("/definitions")
  Drawings definitions() {
    return new Drawings(drawings.all());
  }

  @GetMapping("/statistics")
  SagaStatistics.Statistics statistics() {
    return statistics.now();
  }
}
