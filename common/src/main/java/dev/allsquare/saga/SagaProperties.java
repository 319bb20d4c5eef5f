package dev.allsquare.saga;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient sagas are, where a step does not say.
 *
 * @param resend an unanswered command is sent again, under its message id, after this time, then
 *     after twice as long, and so on
 * @param longestResend the longest wait between two sendings of a command
 * @param attempts how often a step whose handler fails is tried in all
 * @param retry how long after a step's first failure its second attempt starts; each further one
 *     waits twice as long
 * @param longestRetry the longest wait between two attempts
 * @param sweepInterval how often due sagas are looked for
 * @param sweepLimit how many due sagas one transaction takes
 * @param heartbeat how often replicas tell each other which definitions they know; three missed
 *     beats count as gone
 * @param retention how long sagas that ended are kept, and their histories
 * @param purgeEvery how often older ones are looked for
 */
@ConfigurationProperties("allsquare.saga")
public record SagaProperties(
    @DefaultValue("10s") Duration resend,
    @DefaultValue("5m") Duration longestResend,
    @DefaultValue("3") int attempts,
    @DefaultValue("1s") Duration retry,
    @DefaultValue("1m") Duration longestRetry,
    @DefaultValue("1s") Duration sweepInterval,
    @DefaultValue("500") int sweepLimit,
    @DefaultValue("5s") Duration heartbeat,
    @DefaultValue("90d") Duration retention,
    @DefaultValue("1h") Duration purgeEvery) {

  Pacing pacing() {
    return new Pacing(resend, longestResend, attempts, retry, longestRetry);
  }
}
