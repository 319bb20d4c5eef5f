package dev.allsquare.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One process of a service. */
record ServiceReplica(Plan plan, ServiceKind kind, int replica) implements Part {

  private static final int TIMEOUT_MILLIS = 2_000;

  @Override
  public String name() {
    return kind.replicaName(replica);
  }

  @Override
  public int port() {
    return plan.ports().of(name());
  }

  int managementPort() {
    return plan.ports().of(Ports.management(name()));
  }

  URI uri() {
    return URI.create("http://" + Ports.HOST + ":" + port());
  }

  URI management() {
    return URI.create("http://" + Ports.HOST + ":" + managementPort());
  }

  @Override
  public List<String> portNames() {
    return List.of(name(), Ports.management(name()));
  }

  @Override
  public void prepare(Progress progress) throws IOException {
    Files.createDirectories(base());
  }

  @Override
  public Launch launch() {
    var jar = ServiceImage.of(plan.home(), kind);
    var command = new ArrayList<String>();
    command.addAll(
        List.of(
            Java.program(),
            "-Xms64m",
            "-Xmx256m",
            // What its classes take; less means full collections while it starts.
            "-XX:MetaspaceSize=160m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(Java.COMPILE_LATER);
    boolean writer =
        replica == 1 && ArchiveWriter.is(plan.data(), jar.resolveSibling("").toAbsolutePath());
    command.addAll(Java.classesFrom(jar.resolveSibling("classes.jsa"), writer));
    command.addAll(
        List.of(
            "-jar",
            jar.toString(),
            "--server.address=" + Ports.HOST,
            "--server.port=" + port(),
            "--management.server.address=" + Ports.HOST,
            "--management.server.port=" + managementPort(),
            // Its clients print their whole configuration: what matters would drown in it.
            "--logging.level.org.apache.kafka=warn"));
    if (kind == ServiceKind.ORDER) {
      var inventory = new ServiceReplica(plan, ServiceKind.INVENTORY, replica);
      var payment = new ServiceReplica(plan, ServiceKind.PAYMENT, replica);
      command.add("--allsquare.inventory.url=" + inventory.uri());
      command.add("--allsquare.inventory.management-url=" + inventory.management());
      command.add("--allsquare.payment.url=" + payment.uri());
      command.add("--allsquare.payment.management-url=" + payment.management());
    }
    plan.settingsOf(kind.serviceName())
        .forEach((key, value) -> command.add("--" + key + "=" + value));
    return new Launch(
        command,
        Map.of(
            "SPRING_DATASOURCE_URL", plan.jdbcUrl(kind.database()),
            "SPRING_DATASOURCE_USERNAME", kind.database(),
            "SPRING_DATASOURCE_PASSWORD", plan.password(),
            "SPRING_KAFKA_BOOTSTRAP_SERVERS", plan.kafkaBootstrap()),
        base());
  }

  /**
   * A service takes up to 20 s for what it has begun, and may have an archive of classes to write.
   */
  @Override
  public Duration grace() {
    return Duration.ofSeconds(60);
  }

  @Override
  public boolean isReady() {
    try {
      var connection =
          (HttpURLConnection)
              management().resolve("/actuator/health/readiness").toURL().openConnection();
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
    return plan.data().resolve(kind.serviceName());
  }
}
