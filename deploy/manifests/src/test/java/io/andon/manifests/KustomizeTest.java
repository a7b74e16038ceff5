package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.manifests.kustomize.Kustomization;
import io.andon.manifests.kustomize.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reading of kustomizations here, against Kustomize itself where kubectl brings one. */
class KustomizeTest {
  @ParameterizedTest
  @EnumSource
  void kustomizeBuildsTheSame(Overlay overlay) throws Exception {
    assumeTrue(kustomizeIsThere(), "no kubectl with Kustomize 5 here");
    String built =
        output("kubectl", "kustomize", overlay.folder().toString())
            .replaceAll("andon-ingest-cameras-[a-z0-9]{10}", "andon-ingest-cameras");

    List<ObjectNode> theirs = YamlFile.documents(built);

    assertThat(normal(overlay.raw())).containsExactlyInAnyOrderElementsOf(normal(theirs));
  }

  @Test
  void whatIsNotKnownIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("kustomization.yaml"), "namePrefix: x-\nresources: []\n");

    assertThatThrownBy(() -> Kustomization.build(folder)).hasMessageContaining("namePrefix");
  }

  @Test
  void aPatchOfNothingIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kustomization.yaml"), "resources: []\npatches: [{path: p.yaml}]\n");
    Files.writeString(folder.resolve("p.yaml"), "kind: Pod\nmetadata: {name: gone}\n");

    assertThatThrownBy(() -> Kustomization.build(folder)).hasMessageContaining("gone");
  }

  /** Kustomize folds the lines of queries anew, which changes the space between their words. */
  private static List<ObjectNode> normal(List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      for (JsonNode parent : object.findParents("expr")) {
        String query = parent.get("expr").asText();
        ((ObjectNode) parent).put("expr", query.replaceAll("\\s+", " ").strip());
      }
    }
    return objects;
  }

  private static boolean kustomizeIsThere() throws InterruptedException {
    try {
      return output("kubectl", "version", "--client").contains("Kustomize Version: v5.");
    } catch (IOException e) {
      return false;
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
      return text;
    }
  }
}
