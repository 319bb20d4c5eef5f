package dev.allsquare.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The images a system is made of, and what there is to be said against using them. */
record Images(Path home, Optional<String> tag) {

  private static final String JAR_LABEL = "dev.allsquare.jar";

  /** As the build of this module sees it. */
  static Images ofThisBuild() {
    return new Images(Path.of("..", ".."), Optional.empty());
  }

  /** What deploy/images/build-last-release made. */
  static Images ofTheLastRelease() {
    return new Images(Path.of("..", ".."), Optional.of("last-release"));
  }

  String name() {
    return tag.orElse("this-build");
  }

  String service(Service service) {
    return "allsquare/" + service + ":" + tag.orElseGet(() -> version(service));
  }

  private String version(Service service) {
    var jar = jar(service).getFileName().toString();
    return jar.substring(service.toString().length() + 1, jar.length() - ".jar".length());
  }

  String postgres() {
    return pinned("POSTGRES_IMAGE");
  }

  String kafka() {
    return pinned("KAFKA_IMAGE");
  }

  /** Why no system can be started from them now; an image of an older jar would test the past. */
  Optional<String> complaint() {
    if (!Engine.answers()) {
      return Optional.of("no container engine answers");
    }
    var missing =
        Stream.of(postgres(), kafka()).filter(image -> Engine.labels(image).isEmpty()).toList();
    if (!missing.isEmpty()) {
      return Optional.of(missing + " are not here");
    }
    return Arrays.stream(Service.values())
        .filter(service -> !holdsTheJar(service))
        .findFirst()
        .map(
            service ->
                service(service)
                    + " does not hold the jar that was built; run deploy/images/build");
  }

  private boolean holdsTheJar(Service service) {
    return Engine.labels(service(service))
        .map(labels -> sha256(jar(service)).equals(labels.get(JAR_LABEL)))
        .orElse(false);
  }

  private Path jar(Service service) {
    var target = home.resolve(service.toString()).resolve("target");
    try (var jars = Files.newDirectoryStream(target, service + "-*[0-9T].jar")) {
      return jars.iterator().next();
    } catch (IOException | NoSuchElementException e) {
      throw new IllegalStateException("no jar of " + service + " in " + target, e);
    }
  }

  private static String sha256(Path file) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("could not read " + file, e);
    }
  }

  private String pinned(String name) {
    var file = home.resolve("deploy/images/base-images");
    var pinned = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      pinned.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file, e);
    }
    return pinned.getProperty(name);
  }
}
