package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the build made. */
final class Jars {

  private Jars() {}

  static Path single(Path directory, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
        stream.forEach(found::add);
      }
    }
    if (found.size() != 1) {
      throw new TopologyException(
          "Expected one "
              + pattern
              + " in "
              + directory
              + " and found "
              + found.size()
              + ". Build the whole first: mvn -DskipTests package");
    }
    return found.getFirst();
  }
}
