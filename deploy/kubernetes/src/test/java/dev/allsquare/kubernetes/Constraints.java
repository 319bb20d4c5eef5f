package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;

/** What a manifest lets a container do, in a container engine's words. */
record Constraints(JsonNode pod, JsonNode container) {

  /** User and group. */
  String user() {
    var context = pod.path("securityContext");
    return context.path("runAsUser").asText() + ":" + context.path("runAsGroup").asText();
  }

  /** The seccomp profile needs no word: the engine's own is what {@code RuntimeDefault} means. */
  void apply(HostConfig host) {
    var rights = container.path("securityContext");
    var limits = container.at("/resources/limits");
    host.withReadonlyRootfs(rights.path("readOnlyRootFilesystem").asBoolean())
        .withCapDrop(
            each(rights.at("/capabilities/drop"))
                .map(it -> Capability.valueOf(it.asText()))
                .toArray(Capability[]::new))
        .withMemory(memory())
        .withMemorySwap(memory())
        .withNanoCPUs(amount(limits.path("cpu")).movePointRight(9).longValueExact());
    if (!rights.path("allowPrivilegeEscalation").asBoolean(true)) {
      host.withSecurityOpts(List.of("no-new-privileges"));
    }
  }

  /** In bytes. */
  long memory() {
    return bytes(container.at("/resources/limits/memory"));
  }

  static long bytes(JsonNode quantity) {
    return amount(quantity).longValueExact();
  }

  private static BigDecimal amount(JsonNode quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity.asText()));
  }
}
