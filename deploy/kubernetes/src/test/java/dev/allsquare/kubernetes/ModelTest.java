package dev.allsquare.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object is what its kind allows: an unknown field is refused, as a strict server would. */
class ModelTest {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false; // the model would keep what it does not know
                }
              })
          .build();

  static final Map<String, Class<?>> MODEL =
      Map.ofEntries(
          Map.entry("v1 Namespace", Namespace.class),
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("gateway.networking.k8s.io/v1 Gateway", Gateway.class),
          Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
          Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
          Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

  /** No Maven artifact carries these; the README says against which releases they were checked. */
  static final Set<String> WITHOUT_A_MODEL =
      Set.of(
          "keda.sh/v1alpha1 ScaledObject",
          "keda.sh/v1alpha1 TriggerAuthentication",
          "postgresql.cnpg.io/v1 Cluster",
          "postgresql.cnpg.io/v1 ScheduledBackup",
          "barmancloud.cnpg.io/v1 ObjectStore",
          "external-secrets.io/v1 ExternalSecret",
          "opentelemetry.io/v1alpha1 Instrumentation");

  static Stream<Rendered> overlays() {
    return Rendered.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyObjectIsWhatItsKindAllows(Rendered overlay) {
    assertThat(overlay.objects()).hasSizeGreaterThan(40);
    overlay.objects().stream()
        .filter(it -> !WITHOUT_A_MODEL.contains(kind(it)))
        .forEach(
            it -> assertThatCode(() -> parse(it)).as(it.toString()).doesNotThrowAnyException());
  }

  @Test
  void theLocalOverlayNeedsNoCustomResource() {
    assertThat(Rendered.local().objects())
        .map(it -> it.path("apiVersion").asText())
        .containsOnly("v1", "apps/v1", "batch/v1", "policy/v1", "networking.k8s.io/v1");
  }

  @Test
  void whatTheModelDoesNotKnowIsRefused() {
    Rendered.all()
        .flatMap(overlay -> overlay.objects().stream())
        .filter(it -> !WITHOUT_A_MODEL.contains(kind(it)))
        .forEach(
            it -> {
              it.withObject("/spec").put("nonsense", 1);
              assertThatThrownBy(() -> parse(it)).as(it.toString()).hasMessageContaining("Unrecog");
            });
  }

  @Test
  void deepDownToo() {
    var deployment = Rendered.local().object("Deployment", "order-service");
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0/startupProbe/httpGet"))
        .put("paht", "/");
    assertThatThrownBy(() -> parse(deployment)).hasMessageContaining("paht");
    var kafka = Rendered.production().object("Kafka", "kafka");
    ((ObjectNode) kafka.at("/spec/kafka/listeners/0")).put("prot", 9092);
    assertThatThrownBy(() -> parse(kafka)).hasMessageContaining("prot");
  }

  private static Object parse(ObjectNode object) throws JsonProcessingException {
    Class<?> type = MODEL.get(kind(object));
    if (type == null) {
      throw new IllegalArgumentException("no model for " + kind(object));
    }
    return STRICT.treeToValue(object, type);
  }

  static String kind(ObjectNode object) {
    return object.path("apiVersion").asText() + " " + object.path("kind").asText();
  }
}
