package dev.allsquare.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** Whether an image is here and holds what was just built: an older one would test the past. */
final class BuiltImage {

  private BuiltImage() {}

  static boolean isCurrent(JsonNode container) {
    String image = container.path("image").asText();
    try {
      var config = DockerClientFactory.lazyClient().inspectImageCmd(image).exec().getConfig();
      Map<String, String> labels = config == null ? null : config.getLabels();
      return !image.startsWith("allsquare/")
          || (labels != null && jarOf(image).equals(labels.get("dev.allsquare.jar")));
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static String jarOf(String image) {
    String service = image.substring("allsquare/".length(), image.indexOf(':'));
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
