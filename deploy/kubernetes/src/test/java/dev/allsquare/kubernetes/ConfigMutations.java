package dev.allsquare.kubernetes;

import static dev.allsquare.kubernetes.Mutation.ofLocal;
import static dev.allsquare.kubernetes.Mutation.ofService;
import static dev.allsquare.kubernetes.Policy.*;

import java.util.List;

/** Settings left out, misspelt or mixed up. */
final class ConfigMutations {

  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  private ConfigMutations() {}

  static List<Mutation> all() {
    return List.of(
        configured(EVERY_KEY_IS_KNOWN, "ALLSQUARE_INVENTROY_URL", "http://inventory-service:8082"),
        ofService(
            EVERY_SECRET_FILE_IS_A_KNOWN_KEY,
            POD + "/volumes/0/projected/sources/0/secret/items/0/path",
            "spring.datasource.pass"),
        configured(WHAT_THE_CODE_NEEDS_IS_THERE, "SPRING_DATASOURCE_URL", ""),
        configured(ORDER_SERVICE_FINDS_THE_OTHERS, "ALLSQUARE_INVENTORY_URL", "http://localhost"),
        configured(EVERY_ADDRESS_IS_A_SERVICE, "ALLSQUARE_INVENTORY_URL", "http://inventory:8082"),
        configured(
            EVERY_ADDRESS_IS_A_SERVICE,
            "SPRING_DATASOURCE_URL",
            "jdbc:postgresql://postgres:5432/orders"),
        configured(ORDER_SERVICE_FINDS_THE_OTHERS, "ALLSQUARE_PAYMENT_URL", ""),
        configured(ORDER_SERVICE_FINDS_THE_OTHERS, "ALLSQUARE_PAYMENT_MANAGEMENTURL", ""),
        ofService(
            THE_IMAGES_SIZE_THE_HEAP,
            "/spec/template/spec/initContainers/0/env/2/value",
            "-XX:MaxRAMPercentage=60"),
        Mutation.of(
            MIGRATIONS_CHANGE_WITH_THE_VERSION_ONLY,
            "one configuration for both",
            ConfigMutations::shareConfiguration),
        configured(ROLES_ARE_PARTED, "SPRING_DATASOURCE_USERNAME", "orders_owner"),
        Mutation.of(ROLES_ARE_PARTED, "no Job", all -> all.remove("Job", it -> true)),
        ofLocal(
            ROLES_ARE_PARTED,
            "a service that migrates too",
            all ->
                Mutation.set(
                    all.object("Deployment", "order-service"),
                    CONTAINER + "/env/0/value",
                    "apply")),
        Mutation.of(
            EVERY_VERSION_HAS_ITS_MIGRATION,
            "last version's Job",
            all ->
                all.kind("Job")
                    .toList()
                    .forEach(
                        it -> Mutation.set(it, "/metadata/name", "order-service-migration-0.0.9"))),
        Mutation.of(
            CONNECTIONS_FIT,
            "Cluster",
            "orders",
            "/spec/postgresql/parameters/max_connections",
            "100"));
  }

  private static Mutation configured(Policy policy, String key, String value) {
    return Mutation.of(
        policy,
        key + "=" + value,
        all ->
            all.kind("ConfigMap")
                .filter(it -> Rendered.name(it).startsWith("order-config"))
                .toList()
                .forEach(it -> Mutation.set(it, "/data/" + key, value)));
  }

  private static void shareConfiguration(Rendered all) {
    String name =
        WiringPolicies.configMaps(new Workload(all.object("Deployment", "order-service")).pod())
            .findFirst()
            .orElseThrow();
    all.kind("Job")
        .toList()
        .forEach(
            it ->
                Mutation.set(
                    it, "/spec/template/spec/containers/0/envFrom/0/configMapRef/name", name));
  }
}
