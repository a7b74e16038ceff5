package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReducedPrecisionIT {
  /** A processor without it may still compute it, slowly; refusing it must then have its reason. */
  @Test
  void opensWhereTheProcessorHasIt() throws IOException {
    boolean supported = Files.readString(Path.of("/proc/cpuinfo")).contains("avx512_bf16");
    try (TensorFlowEmbedder embedder = TensorFlowEmbedder.open(settings(DeviceChoice.CPU))) {
      assertThat(embedder.space().precision()).isEqualTo("bf16");
    } catch (ModelRefusedException e) {
      assertThat(supported).as(e.getMessage()).isFalse();
      assertThat(e).hasMessageContaining("bf16");
    }
  }

  @Test
  void aGpuThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> TensorFlowEmbedder.open(settings(DeviceChoice.GPU)).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gpu");
  }

  private static TensorFlowSettings settings(DeviceChoice device) {
    Model model = TestModels.open(ModelStore.DEFAULT_MODEL);
    return new TensorFlowSettings(model, Precision.BF16, device, 8, 0, "test-1");
  }
}
