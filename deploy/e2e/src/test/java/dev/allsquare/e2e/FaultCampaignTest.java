package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two thousand orders and sixty faults: nothing lost, nothing twice, nothing stuck. */
@Tag("long")
class FaultCampaignTest {

  @Test
  void everythingIsSquareAfterSixtyFaults() throws InterruptedException {
    long seed = Long.getLong("campaign.seed", System.currentTimeMillis() % 1_000_000);
    var result = Campaign.run(Campaign.Plan.brief(seed));
    System.out.println("Campaign: " + result.report());
    assertThat(result.complaints()).as("replay with deploy/e2e/campaign seed=%d", seed).isEmpty();
  }
}
