package io.andon.manifests.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays a patch over an object: maps merge, lists of named things merge by that name, other lists
 * are replaced, and null removes a key.
 */
public final class StrategicMerge {
  /** Lists whose elements are told apart by a key, as Kubernetes' own types say. */
  private static final Map<String, String> KEYS =
      Map.of(
          "containers", "name",
          "initContainers", "name",
          "volumes", "name",
          "env", "name",
          "volumeMounts", "mountPath",
          "ports", "containerPort");

  private StrategicMerge() {}

  /** A new object; neither argument is changed. */
  public static ObjectNode merged(ObjectNode base, ObjectNode patch) {
    ObjectNode result = base.deepCopy();
    patch.properties().forEach(entry -> put(result, entry.getKey(), entry.getValue()));
    return result;
  }

  private static void put(ObjectNode result, String name, JsonNode value) {
    JsonNode old = result.get(name);
    if (value.isNull()) {
      result.remove(name);
    } else if (old instanceof ObjectNode oldMap && value instanceof ObjectNode map) {
      result.set(name, merged(oldMap, map));
    } else if (old instanceof ArrayNode oldList
        && value instanceof ArrayNode list
        && KEYS.containsKey(name)) {
      result.set(name, mergedList(oldList, list, KEYS.getOrDefault(name, "name")));
    } else {
      result.set(name, value.deepCopy());
    }
  }

  private static ArrayNode mergedList(ArrayNode base, ArrayNode patch, String key) {
    ArrayNode result = base.deepCopy();
    for (JsonNode element : patch) {
      Integer at = indexOf(result, key, element.path(key));
      if (at == null) {
        result.add(element.deepCopy());
      } else {
        result.set(at, merged((ObjectNode) result.get(at), (ObjectNode) element));
      }
    }
    return result;
  }

  private static @Nullable Integer indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return null;
  }
}
