package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Policy.*;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What an API server would send back. */
final class ServerMutations {

  private ServerMutations() {}

  static List<Mutation> all() {
    return List.of(
        renamed("order-service-migration-0.1.0-snapshot"),
        renamed("Order-service"),
        renamed("order-service-migration-of-the-version-after-the-next"),
        Mutation.of(
            NAMES_ARE_TAKEN_ONCE,
            "two of a name",
            all -> all.objects().add(all.object("Service", "order-service").deepCopy())),
        Mutation.ofService(
            LABELS_ARE_LABELS, "/metadata/labels/app.kubernetes.io~1part-of", "all square"),
        Mutation.ofService(LABELS_ARE_LABELS, "/metadata/labels/app.kubernetes.io~1part-of", "1"),
        Mutation.ofService(
            PORT_NAMES_ARE_PORT_NAMES,
            "/spec/template/spec/containers/0/ports/0/name",
            "public-interface"),
        Mutation.ofService(
            SELECTORS_OUTLIVE_VERSIONS,
            "/spec/selector/matchLabels/app.kubernetes.io~1version",
            "v1"),
        Mutation.ofService(EVERYTHING_IS_IN_THE_NAMESPACE, "/metadata/namespace", ""),
        Mutation.of(
            EVERYTHING_IS_IN_THE_NAMESPACE,
            "the namespace last",
            all -> all.objects().addLast(all.objects().removeFirst())));
  }

  private static Mutation renamed(String name) {
    return Mutation.of(
        NAMES_ARE_SHORT_AND_PLAIN,
        name,
        all ->
            all.kind("Job")
                .limit(1)
                .map(ObjectNode.class::cast)
                .forEach(it -> Mutation.set(it, "/metadata/name", name)));
  }
}
