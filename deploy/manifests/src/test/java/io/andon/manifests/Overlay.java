package io.andon.manifests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.manifests.kustomize.Kustomization;
import io.andon.manifests.model.PodTemplate;
import io.andon.manifests.model.StrictModels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What people apply. */
enum Overlay {
  CPU,
  GPU,
  OPERATOR;

  /** The checkout. */
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");

  /** The namespace of everything. */
  static final String NAMESPACE = "andon";

  Path folder() {
    return KUBERNETES.resolve("overlays").resolve(name().toLowerCase(Locale.ROOT));
  }

  /** The objects as they are written. */
  List<ObjectNode> raw() {
    return Kustomization.build(folder());
  }

  /** The objects as their classes. */
  List<HasMetadata> objects() {
    return raw().stream().map(StrictModels::load).toList();
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects().stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> type, String name) {
    return all(type).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(this + " has no " + type.getSimpleName() + " " + name));
  }

  /** A file of a generated ConfigMap. */
  String file(String configMap, String key) {
    String text = one(ConfigMap.class, configMap).getData().get(key);
    if (text == null) {
      throw new AssertionError(this + ": ConfigMap " + configMap + " has no " + key);
    }
    return text;
  }

  /** The pods of our own that would run. */
  List<PodTemplate> pods() {
    return raw().stream().flatMap(object -> PodTemplate.of(object).stream()).toList();
  }

  PodTemplate pod(String component) {
    return pods().stream()
        .filter(pod -> component.equals(pod.labels().get("app.kubernetes.io/component")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(this + " has no pod " + component));
  }
}
