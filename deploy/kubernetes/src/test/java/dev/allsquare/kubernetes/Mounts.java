package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Rendered.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a manifest mounts: an emptyDir as memory of its size, a ConfigMap as files, a claim as a
 * volume that outlives the container.
 *
 * @param claims the engine's name for the volume of a claim
 */
record Mounts(
    Rendered all, Workload workload, JsonNode container, Function<String, String> claims) {

  void apply(HostConfig host) {
    host.withTmpFs(scratch());
    host.withBinds(Stream.concat(configuration(), claimed()).toArray(Bind[]::new));
  }

  private Map<String, String> scratch() {
    Map<String, String> scratch = new HashMap<>();
    mounts("emptyDir")
        .forEach(
            it ->
                scratch.put(
                    path(it),
                    "rw,exec,uid=%s,gid=%s,mode=770,size=%d"
                        .formatted(
                            workload.pod().at("/securityContext/runAsUser").asText(),
                            workload.pod().at("/securityContext/fsGroup").asText(),
                            Constraints.bytes(volume(it).at("/emptyDir/sizeLimit")))));
    return scratch;
  }

  private Stream<Bind> configuration() {
    return mounts("configMap")
        .map(
            it ->
                new Bind(
                    files(all.object("ConfigMap", volume(it).at("/configMap/name").asText())),
                    new Volume(path(it)),
                    AccessMode.ro));
  }

  private Stream<Bind> claimed() {
    return each(container.path("volumeMounts"))
        .filter(it -> volume(it).isMissingNode())
        .map(
            it ->
                new Bind(
                    claims.apply(workload.name() + "-" + it.path("name").asText()),
                    new Volume(path(it))));
  }

  private Stream<JsonNode> mounts(String source) {
    return each(container.path("volumeMounts")).filter(it -> volume(it).has(source));
  }

  private JsonNode volume(JsonNode mount) {
    return each(workload.pod().path("volumes"))
        .filter(it -> it.path("name").equals(mount.path("name")))
        .findFirst()
        .orElse(mount.path("none"));
  }

  private static String path(JsonNode mount) {
    return mount.path("mountPath").asText();
  }

  private static String files(JsonNode configMap) {
    try {
      Path directory = Path.of("target", "config-maps", Rendered.name(configMap)).toAbsolutePath();
      Files.createDirectories(directory);
      for (var file : configMap.path("data").properties()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue().asText());
      }
      return directory.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
