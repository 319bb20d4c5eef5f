package dev.allsquare.benchmarks;

import dev.allsquare.benchmarks.kit.Verdict;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A contender's program: a JVM of its own, with its own libraries, for one run. */
record Program(Path home) {

  private static final int MINUTES = 6;

  Verdict run(Variant variant, Map<String, String> more) {
    var log = log(variant);
    try {
      var process =
          new ProcessBuilder(command(variant, more))
              .redirectOutput(log.toFile())
              .redirectError(new File(log + ".err"))
              .start();
      // Whoever interrupts us must not leave it behind.
      var killer = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(killer);
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly().waitFor();
      Runtime.getRuntime().removeShutdownHook(killer);
      return verdict(ended, Verdict.of(Files.readAllLines(log)), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Verdict verdict(boolean ended, Verdict verdict, Path log) {
    if (verdict.complaints().isEmpty()) {
      return verdict;
    }
    var complaints = new ArrayList<>(verdict.complaints());
    complaints.add(
        (ended ? "see " : "not done after " + MINUTES + " minutes; see ") + log + ".err");
    return new Verdict(verdict.figures(), complaints);
  }

  private List<String> command(Variant variant, Map<String, String> more) {
    var target = home.resolve("deploy/benchmarks").resolve(variant.module()).resolve("target");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*",
                variant.program()));
    variant.settings().forEach((name, value) -> command.add(name + "=" + value));
    more.forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  private Path log(Variant variant) {
    var logs = home.resolve("deploy/benchmarks/target/logs");
    try {
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return logs.resolve(variant.name().replaceAll("\\W+", "-"));
  }
}
