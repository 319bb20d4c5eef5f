package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Predicate;

/** What java.nio.file lacks for whole trees. */
final class Directories {

  private Directories() {}

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      delete(directory, _ -> true);
    }
  }

  /** Deletes what is in the directory, but not this file, nor the directories it is in. */
  static void deleteBut(Path kept, Path directory) throws IOException {
    delete(directory, file -> !kept.startsWith(file));
  }

  private static void delete(Path directory, Predicate<Path> which) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(which).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
