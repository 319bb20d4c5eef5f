package dev.allsquare.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything that is decided before the first process starts. It is written to the data directory,
 * so that a later command knows how each part was started.
 *
 * @param home the repository
 * @param data where all state lives
 * @param replicas processes per service
 * @param brokers nodes of Kafka
 * @param ports who listens where
 * @param password what all roles of this PostgreSQL have
 * @param settings configuration for a service or a broker, keyed {@code
 *     order-service/some.property}, and environment variables of a part, keyed {@code
 *     environment/order-service-2/NAME}
 */
record Plan(
    Path home,
    Path data,
    int replicas,
    int brokers,
    Ports ports,
    String password,
    SortedMap<String, String> settings) {

  static final String ENVIRONMENT = "environment/";

  private static final String PORT = "port.";
  private static final String SETTING = "setting.";

  /** In the order they start; they stop the other way round. */
  List<Part> parts() {
    var parts = new ArrayList<Part>();
    parts.addAll(foundations());
    parts.addAll(services());
    parts.addAll(observers());
    return parts;
  }

  /** Nobody needs them. */
  List<PrometheusServer> observers() {
    return ports.byName().containsKey(PrometheusServer.NAME)
        ? List.of(new PrometheusServer(this))
        : List.of();
  }

  List<Part> foundations() {
    var foundations = new ArrayList<Part>();
    foundations.add(new PostgresServer(this));
    foundations.addAll(kafka());
    return foundations;
  }

  List<KafkaBroker> kafka() {
    return IntStream.rangeClosed(1, brokers)
        .mapToObj(broker -> new KafkaBroker(this, broker))
        .toList();
  }

  List<ServiceReplica> services() {
    var services = new ArrayList<ServiceReplica>();
    for (var kind : ServiceKind.values()) {
      for (int replica = 1; replica <= replicas; replica++) {
        services.add(new ServiceReplica(this, kind, replica));
      }
    }
    return services;
  }

  Part part(String name) {
    return parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TopologyException(
                    "Nothing here is called "
                        + name
                        + "; there are "
                        + String.join(", ", parts().stream().map(Part::name).toList())
                        + "."));
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://" + Ports.HOST + ":" + ports.of(PostgresServer.NAME) + "/" + database;
  }

  String kafkaBootstrap() {
    return kafka().stream().map(KafkaBroker::address).collect(Collectors.joining(","));
  }

  Path logs() {
    return data.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  PidFile pidFile(String name) {
    return new PidFile(data.resolve("run").resolve(name + ".pid"));
  }

  /** What is added to the environment of one part. */
  Map<String, String> environmentOf(String name) {
    return settingsOf(ENVIRONMENT + name);
  }

  /** The settings of one service or broker. */
  Map<String, String> settingsOf(String name) {
    return settings.tailMap(name + "/").entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(name + "/"))
        .collect(
            TreeMap::new,
            (map, entry) -> map.put(entry.getKey().substring(name.length() + 1), entry.getValue()),
            TreeMap::putAll);
  }

  void save() {
    var properties = new Properties();
    properties.setProperty("home", home.toString());
    properties.setProperty("replicas", Integer.toString(replicas));
    properties.setProperty("brokers", Integer.toString(brokers));
    properties.setProperty("password", password);
    ports.byName().forEach((name, port) -> properties.setProperty(PORT + name, port.toString()));
    settings.forEach((key, value) -> properties.setProperty(SETTING + key, value));
    try {
      Files.createDirectories(data);
      Files.createDirectories(logs());
      OwnerOnly.write(file(data), out -> properties.store(out, "How this topology was started"));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file(data), e);
    }
  }

  static Optional<Plan> saved(Path data) {
    if (!Files.exists(file(data))) {
      return Optional.empty();
    }
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file(data))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file(data), e);
    }
    var ports = new TreeMap<String, Integer>();
    startingWith(PORT, properties).forEach((name, port) -> ports.put(name, Integer.valueOf(port)));
    return Optional.of(
        new Plan(
            Path.of(properties.getProperty("home")),
            data,
            Integer.parseInt(properties.getProperty("replicas")),
            Integer.parseInt(properties.getProperty("brokers", "1")),
            new Ports(ports),
            properties.getProperty("password"),
            startingWith(SETTING, properties)));
  }

  private static SortedMap<String, String> startingWith(String prefix, Properties properties) {
    var found = new TreeMap<String, String>();
    properties.stringPropertyNames().stream()
        .filter(key -> key.startsWith(prefix))
        .forEach(key -> found.put(key.substring(prefix.length()), properties.getProperty(key)));
    return found;
  }

  static Path file(Path data) {
    return data.resolve("topology.properties");
  }
}
