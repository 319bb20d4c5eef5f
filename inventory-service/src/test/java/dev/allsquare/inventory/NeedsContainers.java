package dev.allsquare.inventory;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.stream.Stream;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.testcontainers.DockerClientFactory;

/**
 * Leaves out what needs containers where no engine answers or it lacks the base images: a test that
 * was never meant to run there is not one that was skipped.
 */
public final class NeedsContainers implements PostDiscoveryFilter {

  static final String TAG = "containers";

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(
        !test.getTags().contains(TestTag.create(TAG)) || Engine.HAS_THE_IMAGES);
  }

  /** Asked once, and only when a test needs it. */
  private static final class Engine {

    static final boolean HAS_THE_IMAGES =
        DockerClientFactory.instance().isDockerAvailable()
            && Stream.of("POSTGRES_IMAGE", "KAFKA_IMAGE")
                .map(BaseImages::image)
                .allMatch(Engine::has);

    private static boolean has(String image) {
      try {
        DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
        return true;
      } catch (NotFoundException e) {
        return false;
      }
    }
  }
}
