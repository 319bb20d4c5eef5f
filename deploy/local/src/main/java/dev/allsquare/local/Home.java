package dev.allsquare.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** The repository: where the build leaves what the topology runs. */
final class Home {

  private static final String PROPERTY = "allsquare.home";

  private Home() {}

  static Path find() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return Path.of(told).toAbsolutePath().normalize();
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("deploy/local"))) {
        return at;
      }
    }
    throw new TopologyException(
        "This is not inside Allsquare's repository; go there, or set -D"
            + PROPERTY
            + "=DIRECTORY.");
  }
}
