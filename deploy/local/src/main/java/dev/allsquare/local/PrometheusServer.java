package dev.allsquare.local;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prometheus with our alert rules, where it is installed: we bring none along. */
record PrometheusServer(Plan plan) implements Part {

  static final String NAME = "prometheus";
  static final int PORT = 19_090;

  static final String MISSING =
      """
      There is no prometheus on the PATH, so nothing observes; all else starts. To have it:
      apt-get install prometheus (Debian, Ubuntu), brew install prometheus, or https://prometheus.io/download.""";

  private static final int TIMEOUT_MILLIS = 2_000;

  static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return plan.ports().of(NAME);
  }

  URI uri() {
    return URI.create("http://" + Ports.HOST + ":" + port());
  }

  @Override
  public void prepare(Progress progress) throws IOException {
    Files.createDirectories(base());
    for (String file : List.of("prometheus.yml", "rules.yml")) {
      Files.copy(
          plan.home().resolve("deploy/observability").resolve(file),
          base().resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(base().resolve("targets.json"), targets());
  }

  private String targets() {
    return plan.services().stream()
        .map(
            service ->
                """
                {"targets": ["%s:%d"], "labels": {"job": "%s"}}"""
                    .formatted(Ports.HOST, service.managementPort(), service.kind().serviceName()))
        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  @Override
  public Launch launch() {
    String program =
        program().orElseThrow(() -> new TopologyException(MISSING)).toAbsolutePath().toString();
    return new Launch(
        List.of(
            program,
            "--config.file=" + base().resolve("prometheus.yml"),
            "--storage.tsdb.path=" + base().resolve("series"),
            "--web.listen-address=" + Ports.HOST + ":" + port()),
        Map.of(),
        base());
  }

  @Override
  public boolean isReady() {
    try {
      var connection = (HttpURLConnection) uri().resolve("/-/ready").toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  private Path base() {
    return plan.data().resolve(NAME);
  }
}
