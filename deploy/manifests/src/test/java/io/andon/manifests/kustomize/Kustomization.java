package io.andon.manifests.kustomize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Builds a folder with a {@code kustomization.yaml}, as far as the manifests go: resources, patches
 * by file, ConfigMaps from files, images. Anything else is refused, so that nothing is left out in
 * silence. Generated ConfigMaps keep their plain name: no hash is added.
 */
public final class Kustomization {
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "resources", "patches", "configMapGenerator", "images");
  private static final Set<String> GENERATOR_FIELDS =
      Set.of("name", "namespace", "behavior", "files", "options");

  private final Path folder;
  private final ObjectNode file;

  private Kustomization(Path folder) {
    this.folder = folder;
    this.file = YamlFile.document(folder.resolve("kustomization.yaml"));
    require(file, FIELDS);
  }

  /**
   * The objects that applying the folder would create.
   *
   * @throws IllegalArgumentException if a kustomization uses what is not known here, or a patch
   *     fits no object
   */
  public static List<ObjectNode> build(Path folder) {
    return new Kustomization(folder.normalize()).objects();
  }

  private List<ObjectNode> objects() {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode resource : file.path("resources")) {
      Path path = folder.resolve(resource.textValue()).normalize();
      objects.addAll(Files.isDirectory(path) ? build(path) : YamlFile.documents(path));
    }
    file.path("configMapGenerator").forEach(generator -> generate(objects, (ObjectNode) generator));
    for (JsonNode patch : file.path("patches")) {
      require((ObjectNode) patch, Set.of("path"));
      patch(objects, YamlFile.document(folder.resolve(patch.get("path").textValue())));
    }
    file.path("images").forEach(image -> objects.forEach(object -> rename(object, image)));
    return objects;
  }

  private void require(ObjectNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new IllegalArgumentException(folder + ": " + name + " is not known here");
              }
            });
  }

  private void generate(List<ObjectNode> objects, ObjectNode generator) {
    require(generator, GENERATOR_FIELDS);
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata")
        .put("name", generator.get("name").textValue())
        .put("namespace", generator.get("namespace").textValue());
    ObjectNode data = map.putObject("data");
    for (JsonNode path : generator.path("files")) {
      Path source = folder.resolve(path.textValue());
      data.put(source.getFileName().toString(), text(source));
    }
    switch (generator.path("behavior").asText("create")) {
      case "create" -> objects.add(map);
      case "merge" -> patch(objects, map);
      default -> throw new IllegalArgumentException(folder + ": behavior is create or merge");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void patch(List<ObjectNode> objects, ObjectNode patch) {
    for (int i = 0; i < objects.size(); i++) {
      if (identity(objects.get(i)).equals(identity(patch))) {
        objects.set(i, StrategicMerge.merged(objects.get(i), patch));
        return;
      }
    }
    throw new IllegalArgumentException(folder + ": a patch fits nothing: " + identity(patch));
  }

  private static String identity(ObjectNode object) {
    return object.path("apiVersion").asText()
        + "/"
        + object.path("kind").asText()
        + "/"
        + object.at("/metadata/namespace").asText()
        + "/"
        + object.at("/metadata/name").asText();
  }

  private static void rename(JsonNode node, JsonNode image) {
    for (String list : List.of("containers", "initContainers")) {
      if (node.get(list) instanceof ArrayNode containers) {
        containers.forEach(container -> renameOne((ObjectNode) container, image));
      }
    }
    node.forEach(child -> rename(child, image));
  }

  private static void renameOne(ObjectNode container, JsonNode image) {
    if (container.path("image").asText().equals(image.get("name").textValue())) {
      container.put(
          "image", image.get("newName").textValue() + ":" + image.get("newTag").textValue());
    }
  }
}
