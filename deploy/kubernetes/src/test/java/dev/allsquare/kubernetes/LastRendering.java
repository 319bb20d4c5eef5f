package dev.allsquare.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the overlays were rendered to when their sources last changed, for machines that have
 * nothing to render with. A fingerprint of the sources tells whether it is still true.
 */
final class LastRendering {

  static final String HOW_TO_WRITE =
      "with kubectl on the PATH, run mvn verify -pl deploy/kubernetes -am -Dobjects=write";

  private static final Path DIRECTORY = Path.of("src/test/rendered");
  private static final Path FINGERPRINT = DIRECTORY.resolve("sources.sha256");
  private static final List<Path> SOURCES =
      Stream.of("base", "components", "overlays", "src/test/overlays").map(Path::of).toList();

  private LastRendering() {}

  /** Refuses when the sources have changed since. */
  static String of(String overlay) {
    if (!isOfTheseSources()) {
      throw new IllegalStateException("the manifests have changed since: " + HOW_TO_WRITE);
    }
    return read(file(overlay));
  }

  static boolean isOfTheseSources() {
    return read(FINGERPRINT).strip().equals(fingerprint());
  }

  static void write(Map<String, String> overlays) throws IOException {
    Files.createDirectories(DIRECTORY);
    for (var overlay : overlays.entrySet()) {
      Files.writeString(file(overlay.getKey()), overlay.getValue());
    }
    Files.writeString(FINGERPRINT, fingerprint() + "\n");
  }

  private static Path file(String overlay) {
    return DIRECTORY.resolve(overlay + ".yaml");
  }

  private static String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Path source : SOURCES) {
        for (Path file : files(source)) {
          digest.update((file + "\n" + read(file)).getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path directory) {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
