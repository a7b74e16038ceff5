package io.andon.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.andon.embedding.InputShape;
import io.andon.embedding.model.importer.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir private Path root;

  @Test
  void opensAModelThatIsWhatItsDescriptorSays() throws IOException {
    TinyModel.write(root.resolve("tiny"), true, descriptor -> descriptor);

    Model model = new ModelStore(root).open("tiny");

    assertThat(model.descriptor().idAndVersion()).isEqualTo("tiny@1");
    assertThat(model.descriptor().input().shapes()).containsExactly(new InputShape(64, 32));
    assertThat(model.savedModel()).exists();
  }

  @Test
  void namesEveryMissingFileAndTheCommandThatMakesThem() {
    assertThatThrownBy(() -> new ModelStore(root).open("absent"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContainingAll("descriptor.json", "saved_model.pb", "scripts/model");
  }

  @Test
  void refusesBytesThatTheDescriptorDoesNotNameAndAMissingLicenceTogether() throws IOException {
    Path directory = TinyModel.write(root.resolve("tiny"), true, descriptor -> descriptor);
    Files.write(directory.resolve("saved_model.pb"), new byte[] {1});
    Files.delete(directory.resolve("LICENSE"));

    ModelRefusedException refused =
        catchThrowableOfType(ModelRefusedException.class, () -> new ModelStore(root).open("tiny"));

    assertThat(refused.reasons()).hasSize(2);
    assertThat(refused).hasMessageContainingAll("sha256", "LICENSE");
  }

  @Test
  void refusesADirectoryThatIsNamedUnlikeItsModel() throws IOException {
    TinyModel.write(root.resolve("other"), true, descriptor -> descriptor);

    assertThatThrownBy(() -> new ModelStore(root).open("other"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("id is tiny");
  }
}
