package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofService;
import static dev.allsquare.kubernetes.Policy.*;

import java.util.List;

/** What keeps callers from noticing, taken away. */
final class RolloutMutations {

  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  private RolloutMutations() {}

  static List<Mutation> all() {
    return List.of(
        ofService(
            NO_REPLICA_IS_MISSED_WHILE_ROLLING, "/spec/strategy/rollingUpdate/maxUnavailable", "1"),
        Mutation.of(
            NO_REPLICA_IS_MISSED_WHILE_ROLLING,
            "ScaledObject",
            "order-service",
            "/spec/minReplicaCount",
            "1"),
        Mutation.of(
            A_DRAINED_NODE_TAKES_ONE_REPLICA_AT_MOST,
            "no disruption budget",
            all -> all.remove("PodDisruptionBudget", it -> true)),
        Mutation.of(
            A_DRAINED_NODE_TAKES_ONE_REPLICA_AT_MOST,
            "PodDisruptionBudget",
            "order-service",
            "/spec/maxUnavailable",
            "0"),
        ofService(REPLICAS_ARE_SPREAD, POD + "/topologySpreadConstraints", ""),
        ofService(
            REPLICAS_ARE_SPREAD,
            POD + "/topologySpreadConstraints/0/labelSelector/matchLabels/app.kubernetes.io~1name",
            "payment-service"),
        ofService(PROBES_ASK_THE_RIGHT_QUESTIONS, CONTAINER + "/startupProbe", ""),
        ofService(PROBES_ASK_THE_RIGHT_QUESTIONS, CONTAINER + "/readinessProbe", ""),
        ofService(
            PROBES_ASK_THE_RIGHT_QUESTIONS,
            CONTAINER + "/livenessProbe/httpGet/path",
            "/actuator/health/readiness"),
        ofService(THERE_IS_TIME_TO_STOP, POD + "/terminationGracePeriodSeconds", "54"),
        ofService(THERE_IS_TIME_TO_STOP, CONTAINER + "/lifecycle/preStop/sleep/seconds", "40"),
        ofService(NOBODY_IS_SENT_TO_A_STOPPING_POD, CONTAINER + "/lifecycle", ""),
        ofService(ONE_DECIDES_HOW_MANY_THERE_ARE, "/spec/replicas", "3"),
        Mutation.of(
            SCALERS_SCALE_WHAT_IS_THERE,
            "ScaledObject",
            "order-service",
            "/spec/triggers/0/metadata/consumerGroup",
            "orders"),
        Mutation.of(
            SCALERS_SCALE_WHAT_IS_THERE,
            "no right to look at the lag",
            all -> all.remove("TriggerAuthentication", it -> true)));
  }
}
