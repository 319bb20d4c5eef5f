package dev.allsquare.kubernetes;

import java.util.Optional;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out what needs a container engine and the images where they are not there: a test that
 * cannot run is not one that was skipped. {@code -Dtopology=processes} leaves it out as well, and
 * {@code -Dtopology=containers} takes no excuse.
 */
public final class NeedsContainers implements PostDiscoveryFilter {

  static final String TAG = "containers";

  private static final Optional<String> EXCUSE = excuse(System.getProperty("topology", ""));

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(
        EXCUSE.isEmpty() || !test.getTags().contains(TestTag.create(TAG)));
  }

  private static Optional<String> excuse(String topology) {
    Optional<String> excuse =
        topology.equals("processes") ? Optional.of("-Dtopology=processes") : Images.complaint();
    if (topology.equals("containers")) {
      excuse.ifPresent(
          why -> {
            throw new IllegalStateException("cannot run in containers: " + why);
          });
    }
    excuse.ifPresent(why -> System.out.println("Kubernetes: no pod was tried out: " + why));
    return excuse;
  }
}
