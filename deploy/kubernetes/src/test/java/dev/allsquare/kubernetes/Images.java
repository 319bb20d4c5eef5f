package dev.allsquare.kubernetes;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** The images that the manifests name, and what there is to be said against running them. */
final class Images {

  private static final String OURS = "allsquare/";
  private static final String JAR_LABEL = "dev.allsquare.jar";

  private Images() {}

  /** Why the manifests cannot be tried out; an image of an older jar would test the past. */
  static Optional<String> complaint() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no container engine answers");
    }
    return Rendered.local().workloads().stream()
        .flatMap(Workload::containers)
        .map(it -> it.path("image").asText())
        .distinct()
        .flatMap(it -> complaint(it).stream())
        .findFirst();
  }

  private static Optional<String> complaint(String image) {
    var labels = labels(image);
    if (labels.isEmpty()) {
      return Optional.of("there is no image " + image);
    }
    return image.startsWith(OURS) && !jarOf(image).equals(labels.get().get(JAR_LABEL))
        ? Optional.of(image + " does not hold the jar that was built; run deploy/images/build")
        : Optional.empty();
  }

  private static Optional<Map<String, String>> labels(String image) {
    try {
      var config = DockerClientFactory.lazyClient().inspectImageCmd(image).exec().getConfig();
      Map<String, String> labels = config == null ? null : config.getLabels();
      return Optional.of(labels == null ? Map.of() : labels);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static String jarOf(String image) {
    String service = image.substring(OURS.length(), image.indexOf(':'));
    Path jar =
        Project.ROOT.resolve(service + "/target/" + service + "-" + Project.version() + ".jar");
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
