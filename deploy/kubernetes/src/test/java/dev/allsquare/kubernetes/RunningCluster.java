package dev.allsquare.kubernetes;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One cluster for all tests that want it, started for the first and stopped after the last. If it
 * does not start, it is not tried again for each of them.
 */
final class RunningCluster implements ParameterResolver {

  private static final Namespace HERE = Namespace.create(RunningCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Start.class, it -> Start.tried(), Start.class)
        .cluster();
  }

  private record Start(@Nullable Cluster running, @Nullable RuntimeException failure)
      implements AutoCloseable {

    static Start tried() {
      try {
        return new Start(Cluster.start(), null);
      } catch (RuntimeException e) {
        return new Start(null, e);
      }
    }

    Cluster cluster() {
      if (running == null) {
        throw new IllegalStateException("the cluster did not start", failure);
      }
      return running;
    }

    @Override
    public void close() {
      if (running != null) {
        running.close();
      }
    }
  }
}
