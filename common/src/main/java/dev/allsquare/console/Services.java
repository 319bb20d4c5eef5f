package dev.allsquare.console;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** The service that the console is part of, and the others it looks after. */
final class Services {

  private final ManagementPort own;
  private final List<ManagementPort> all;

  Services(Environment environment, ConsoleProperties settings) {
    own =
        new ManagementPort(
            environment.getProperty("spring.application.name", "application"),
            () -> // known once the port is open
            URI.create(
                    "http://localhost:" + environment.getRequiredProperty("local.management.port")),
            settings);
    all = new ArrayList<>(List.of(own));
    settings
        .services()
        .forEach((name, root) -> all.add(new ManagementPort(name, () -> root, settings)));
  }

  ManagementPort own() {
    return own;
  }

  List<ManagementPort> all() {
    return List.copyOf(all);
  }

  Optional<ManagementPort> find(String name) {
    return all.stream().filter(it -> it.service().equals(name)).findFirst();
  }
}
