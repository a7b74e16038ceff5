package io.andon.manifests.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;

/**
 * Turns an object into the class that its operator, or Kubernetes' client, publishes for it. The
 * classes themselves keep fields that they don't know aside; here such a field is an error.
 */
public final class StrictModels {
  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.ofEntries(
          Map.entry("v1/Namespace", Namespace.class),
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("v1/ServiceAccount", ServiceAccount.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("apps/v1/StatefulSet", StatefulSet.class),
          Map.entry("batch/v1/Job", Job.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
          Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
          Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
          Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
          Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class),
          Map.entry("flink.apache.org/v1beta1/FlinkDeployment", FlinkDeployment.class));

  private static final String FLINK = "v2_3";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new NothingIsKeptAside())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
          .build();

  private StrictModels() {}

  /**
   * The object as its class.
   *
   * @throws IllegalArgumentException that names object and field, if the class has no such field or
   *     the field can't hold the value
   */
  public static HasMetadata load(ObjectNode object) {
    String type = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    Class<? extends HasMetadata> known = TYPES.get(type);
    String name = type + " " + object.at("/metadata/name").asText();
    if (known == null) {
      throw new IllegalArgumentException(name + ": no class for that apiVersion and kind");
    }
    return convert(withKnownFlink(object), known, name);
  }

  /** The newest published classes of the Flink operator are older than Flink 2.3. */
  public static ObjectNode withKnownFlink(ObjectNode object) {
    if (!object.at("/spec/flinkVersion").asText().equals(FLINK)) {
      return object;
    }
    ObjectNode copy = object.deepCopy();
    FlinkVersion[] known = FlinkVersion.values();
    ((ObjectNode) copy.get("spec")).put("flinkVersion", known[known.length - 1].name());
    return copy;
  }

  /** Part of an object as a class of its own. */
  public static <T> T convert(ObjectNode node, Class<T> type, String name) {
    try {
      T value = MAPPER.treeToValue(node, type);
      requireNoNull(MAPPER.valueToTree(value), name);
      return value;
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(name + ": " + path(e) + ": " + e.getOriginalMessage(), e);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(name + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Strimzi reads a word of a list that it doesn't know as null. */
  private static void requireNoNull(JsonNode node, String path) {
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      if (node.get(i).isNull()) {
        throw new IllegalArgumentException(path + "." + i + ": a value that is not allowed");
      }
      requireNoNull(node.get(i), path + "." + i);
    }
    node.properties().forEach(e -> requireNoNull(e.getValue(), path + "." + e.getKey()));
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            reference ->
                reference.getFieldName() == null
                    ? Integer.toString(reference.getIndex())
                    : reference.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static final class NothingIsKeptAside extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }

    /** Strimzi's classes carry fields that v1 of its API no longer has; they are deprecated. */
    @Override
    public boolean hasIgnoreMarker(AnnotatedMember member) {
      return _findAnnotation(member, Deprecated.class) != null || super.hasIgnoreMarker(member);
    }

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated annotated) {
      return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
    }
  }
}
