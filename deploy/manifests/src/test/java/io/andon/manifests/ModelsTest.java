package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.manifests.kustomize.YamlFile;
import io.andon.manifests.model.StrictModels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object in the class that Kubernetes' client, Strimzi, Flink or Prometheus publish. */
class ModelsTest {
  @ParameterizedTest
  @EnumSource
  void everyFieldIsKnown(Overlay overlay) {
    List<HasMetadata> objects = overlay.objects();

    assertThat(objects).hasSizeGreaterThan(40);
    assertThat(objects)
        .filteredOn(object -> !(object instanceof Namespace))
        .allSatisfy(o -> assertThat(o.getMetadata().getNamespace()).isEqualTo(Overlay.NAMESPACE));
    assertThat(objects)
        .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
        .doesNotHaveDuplicates()
        .doesNotContain("Secret");
  }

  @ParameterizedTest
  @MethodSource
  void brokenOnesAreRefusedByField(Path file) throws IOException {
    String expected = Files.readAllLines(file).get(0).replaceFirst("# expect: ", "");
    ObjectNode object = YamlFile.document(file);

    assertThatThrownBy(() -> StrictModels.load(object)).hasMessageContaining(expected);
  }

  static List<Path> brokenOnesAreRefusedByField() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/broken"))) {
      return files.sorted().toList();
    }
  }
}
