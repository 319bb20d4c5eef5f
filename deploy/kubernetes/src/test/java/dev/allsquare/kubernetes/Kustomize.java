package dev.allsquare.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders as {@code kubectl apply -k} would. */
final class Kustomize {

  private static final Optional<String> PROGRAM =
      Stream.of("kubectl", "kustomize").filter(Kustomize::onThePath).findFirst();

  static {
    System.out.println(
        PROGRAM
            .map(it -> "Kubernetes: rendered by " + it)
            .orElse("Kubernetes: neither kubectl nor kustomize is here; read what was kept"));
  }

  private Kustomize() {}

  /** What there is to render with: {@code kubectl}, or else {@code kustomize}. */
  static Optional<String> program() {
    return PROGRAM;
  }

  /** The objects as YAML. */
  static String render(String directory) {
    String program = program().orElseThrow();
    return program.equals("kubectl")
        ? output(program, "kustomize", directory)
        : output(program, "build", directory);
  }

  private static boolean onThePath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
  }

  private static String output(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
