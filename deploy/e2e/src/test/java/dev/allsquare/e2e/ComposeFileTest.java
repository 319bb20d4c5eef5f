package dev.allsquare.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Compose file starts what is tested in containers: the same images, set up the same way. */
class ComposeFileTest {

  private static final Path IMAGES = Path.of("..", "images");

  private final JsonNode services = services();

  @ParameterizedTest
  @EnumSource
  void startsTheImagesOfThisBuildAtTheirPorts(Service service) {
    var container = services.path(service.toString());

    assertThat(resolved(container.path("image").asString()))
        .isEqualTo(Images.ofThisBuild().service(service));
    assertThat(container.path("ports").valueStream().map(JsonNode::asString))
        .containsExactly(
            service.port() + ":" + service.port(),
            "127.0.0.1:" + service.managementPort() + ":" + service.managementPort());
    assertThat(container.path("read_only").asBoolean()).isTrue();
    assertThat(container.path("tmpfs").asString()).isEqualTo("/tmp");
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryServiceADatabaseOfItsOwn(Service service) {
    var environment = services.path(service.toString()).path("environment");
    var url = environment.path("SPRING_DATASOURCE_URL").asString();
    var host = url.replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1");
    var database = services.path(host);

    assertThat(url).isEqualTo("jdbc:postgresql://" + host + "/" + service.database());
    assertThat(database.path("image").asString()).isEqualTo("${POSTGRES_IMAGE}");
    assertThat(database.path("environment").path("POSTGRES_DB").asString())
        .isEqualTo(service.database());
    assertThat(database.path("environment").path("POSTGRES_USER"))
        .isEqualTo(environment.path("SPRING_DATASOURCE_USERNAME"));
    assertThat(database.path("environment").path("POSTGRES_PASSWORD"))
        .isEqualTo(environment.path("SPRING_DATASOURCE_PASSWORD"));
  }

  @ParameterizedTest
  @EnumSource
  void connectsEveryServiceToTheOneKafka(Service service) {
    var environment = services.path(service.toString()).path("environment");

    assertThat(environment.path("SPRING_KAFKA_BOOTSTRAP_SERVERS").asString())
        .isEqualTo("kafka:19092");
    assertThat(services.path("kafka").path("image").asString()).isEqualTo("${KAFKA_IMAGE}");
    assertThat(
            services
                .path("kafka")
                .path("environment")
                .path("KAFKA_ADVERTISED_LISTENERS")
                .asString())
        .contains("//kafka:19092");
  }

  /** Compose looks for the variables in a file of this name. */
  @Test
  void readsTheBaseImagesFromWhereTheyArePinned() throws IOException {
    assertThat(Files.readString(IMAGES.resolve(".env")))
        .isEqualTo(Files.readString(IMAGES.resolve("base-images")));
  }

  /** {@code ${NAME:-default}}, without the name set. */
  private static String resolved(String text) {
    return text.replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
  }

  private static JsonNode services() {
    try (var in = Files.newBufferedReader(IMAGES.resolve("compose.yaml"))) {
      Map<String, Object> file = new Yaml().load(in);
      return new JsonMapper().valueToTree(file).path("services");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
