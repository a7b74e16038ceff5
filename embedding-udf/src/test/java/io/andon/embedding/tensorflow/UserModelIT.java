package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.model.importer.TinyModel;
import io.andon.embedding.picture.DeadLeaves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models as users bring them: the sound, and those that are not what their descriptor says. */
class UserModelIT {
  private static final InputShape SHAPE = new InputShape(64, 32);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPictureWithoutAFiniteEmbeddingIsInvalidAndDoesNotDisturbTheOthers(boolean quantised)
      throws IOException {
    Picture normal = DeadLeaves.picture(1, SHAPE);
    Picture black = new Picture(64, 32, new byte[64 * 32 * 3], normal.luma());
    try (TensorFlowEmbedder embedder = open(quantised, descriptor -> descriptor)) {
      List<EmbeddingResult> results = embedder.embed(List.of(normal, black, normal));

      assertThat(results.get(0)).isInstanceOf(EmbeddingResult.Valid.class);
      assertThat(results.get(1)).isInstanceOf(EmbeddingResult.Invalid.class);
      assertThat(results.get(2)).isInstanceOf(EmbeddingResult.Valid.class);
    }
  }

  @Test
  void aSignatureThatIsNotThereIsRefusedWithThoseThatAre() {
    assertRefused(edit("\"signature\" : \"tiny\"", "\"signature\" : \"serve\""), "serve", "[tiny]");
  }

  @Test
  void everyDisagreementOfNamesAndTypesIsToldAtOnce() {
    assertRefused(
        descriptor ->
            edit("\"name\" : \"images\"", "\"name\" : \"pictures\"")
                .andThen(edit("\"name\" : \"pooled\"", "\"name\" : \"vector\""))
                .andThen(edit("\"dtype\" : \"int8\"", "\"dtype\" : \"float32\""))
                .apply(descriptor),
        "input is called pictures; the signature has [images]",
        "pooled is called vector; the signature has [finite, patches, pooled]",
        "patches is described as float32; the signature says DT_INT8");
  }

  @Test
  void aShapeThatDisagreesIsFoundByAFirstPicture() {
    assertRefused(edit("\"channels\" : 3", "\"channels\" : 4"), "(1, 2, 4, 3)", "(1, 2, 4, 4)");
    assertRefused(edit("\"dimensions\" : 3", "\"dimensions\" : 8"), "pooled", "(1, 8)");
    assertRefused(edit("\"stride\" : 16", "\"stride\" : 8"), "patches", "(1, 4, 8, 3)");
  }

  @Test
  void bytesThatAreNoSavedModelAreRefused() throws IOException {
    TinyModel.write(directory, true, descriptor -> descriptor);
    Files.write(directory.resolve("saved_model.pb"), new byte[] {1, 2, 3});
    String sha256 = ModelStore.sha256(directory.resolve("saved_model.pb"));
    Path file = directory.resolve("descriptor.json");
    String descriptor = Files.readString(file);
    Files.writeString(
        file,
        descriptor.replaceAll("\"sha256\" : \"[0-9a-f]+\"", "\"sha256\" : \"" + sha256 + "\""));

    assertThatThrownBy(() -> TensorFlowEmbedder.open(settings()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("not a SavedModel");
  }

  private static UnaryOperator<String> edit(String from, String to) {
    return descriptor -> {
      assertThat(descriptor).contains(from);
      return descriptor.replace(from, to);
    };
  }

  private void assertRefused(UnaryOperator<String> edit, String... told) {
    assertThatThrownBy(() -> open(true, edit).close())
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContainingAll(told);
  }

  private TensorFlowEmbedder open(boolean quantised, UnaryOperator<String> edit)
      throws IOException {
    TinyModel.write(directory, quantised, edit);
    return TensorFlowEmbedder.open(settings());
  }

  private TensorFlowSettings settings() {
    return TensorFlowSettings.of(ModelStore.openDirectory(directory), "test-1");
  }
}
