package io.andon.manifests.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.manifests.kustomize.StrategicMerge;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;

/**
 * A pod that an object would bring about.
 *
 * @param owner kind and name of the object
 * @param labels of the pod
 * @param spec of the pod
 */
public record PodTemplate(String owner, Map<String, String> labels, PodSpec spec) {
  public PodTemplate {
    labels = Map.copyOf(labels);
  }

  /** The pods of a workload; none of other objects. */
  public static List<PodTemplate> of(ObjectNode object) {
    String owner = object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    return switch (object.path("kind").asText()) {
      case "Deployment", "StatefulSet", "Job" ->
          List.of(of(owner, (ObjectNode) object.at("/spec/template")));
      case "FlinkDeployment" -> flink(owner, object.path("spec"));
      default -> List.of();
    };
  }

  /** The operator lays the template of a component over the one of both. */
  private static List<PodTemplate> flink(String owner, JsonNode spec) {
    ObjectNode both = (ObjectNode) spec.path("podTemplate");
    return List.of(
        of(owner + " jobManager", flink(both, spec, "jobManager")),
        of(owner + " taskManager", flink(both, spec, "taskManager")));
  }

  private static ObjectNode flink(ObjectNode both, JsonNode spec, String component) {
    ObjectNode merged =
        StrategicMerge.merged(both, (ObjectNode) spec.at("/" + component + "/podTemplate"));
    ObjectNode podSpec = (ObjectNode) merged.path("spec");
    podSpec.set("serviceAccountName", spec.path("serviceAccount"));
    ObjectNode container = (ObjectNode) podSpec.at("/containers/0");
    container.set("image", spec.path("image"));
    ObjectNode resources = JsonNodeFactory.instance.objectNode();
    JsonNode asked = spec.at("/" + component + "/resource");
    String memory = asked.path("memory").asText().replaceFirst("m$", "Mi").replaceFirst("g$", "Gi");
    resources.putObject("requests").put("cpu", asked.path("cpu").asText()).put("memory", memory);
    resources.putObject("limits").put("memory", memory);
    container.set("resources", resources);
    return merged;
  }

  private static PodTemplate of(String owner, ObjectNode template) {
    PodTemplateSpec read = StrictModels.convert(template, PodTemplateSpec.class, owner);
    return new PodTemplate(owner, read.getMetadata().getLabels(), read.getSpec());
  }

  /** The one container. */
  public Container container() {
    if (spec.getContainers().size() != 1) {
      throw new AssertionError(owner + " has " + spec.getContainers().size() + " containers");
    }
    return spec.getContainers().get(0);
  }

  @Override
  public String toString() {
    return owner;
  }
}
