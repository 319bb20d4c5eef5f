package dev.allsquare.kubernetes;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One cluster for all tests that want it, started for the first and stopped after the last. */
final class RunningCluster implements ParameterResolver {

  private static final Namespace HERE = Namespace.create(RunningCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getRoot()
            .getStore(HERE)
            .computeIfAbsent(Cluster.class, it -> Cluster.start(), Cluster.class));
  }
}
