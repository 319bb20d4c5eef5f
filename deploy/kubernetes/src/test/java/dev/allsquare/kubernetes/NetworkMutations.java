package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofLocal;
import static dev.allsquare.kubernetes.Policy.*;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Edges closed or opened. */
final class NetworkMutations {

  private NetworkMutations() {}

  static List<Mutation> all() {
    return List.of(
        without("default-deny"),
        without("dns"),
        without("order-service"),
        without("orders-database"),
        without("kafka-broker"),
        without("monitoring"),
        ofLocal(
            THE_EDGES_ARE_THE_DESIGNS,
            "a database open to all",
            all ->
                ((ObjectNode) all.object("NetworkPolicy", "orders-database").at("/spec/ingress/0"))
                    .remove("from")),
        Mutation.of(
            THE_EDGES_ARE_THE_DESIGNS,
            "management ports open to the gateway",
            all ->
                ((ObjectNode) all.object("NetworkPolicy", "order-service").at("/spec/ingress/0"))
                    .remove("ports")),
        Mutation.of(
            THE_EDGES_ARE_THE_DESIGNS,
            "a management port open to all of our own",
            all ->
                ((ObjectNode) all.object("NetworkPolicy", "payment-service").at("/spec/ingress/1"))
                    .remove("from")));
  }

  private static Mutation without(String policy) {
    return Mutation.of(
        THE_EDGES_ARE_THE_DESIGNS,
        "no policy " + policy,
        all -> all.remove("NetworkPolicy", it -> Rendered.name(it).equals(policy)));
  }
}
