package io.andon.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DescriptorCodecTest {
  @Test
  void everyFormatEverWrittenIsRead() throws IOException {
    String written = golden();

    ModelDescriptor descriptor = DescriptorCodec.read(written, "golden");

    assertThat(descriptor.idAndVersion()).isEqualTo("centernet-mobilenet-v3@3.3.6-1");
    assertThat(descriptor.patches().scale()).isEqualTo(0.05f);
    assertThat(descriptor.input().shapes()).hasSize(25);
    assertThat(DescriptorCodec.write(descriptor)).isEqualTo(written);
  }

  @Test
  void everyProblemIsToldAtOnceWithItsFieldValueAndWhatIsAllowed() throws IOException {
    String broken =
        golden()
            .replace("\"format\" : 1", "\"format\" : 9")
            .replace("\"id\" : \"centernet-mobilenet-v3\"", "\"id\" : \"Center Net\"")
            .replace("\"256x256\"", "\"250x256\"")
            .replace("\"dtype\" : \"uint8\"", "\"dtype\" : \"float64\"")
            .replace("\"max\" : 255.0", "\"max\" : 1.0")
            .replace("\"scale\" : 0.05", "\"scale\" : -1, \"zeroPoint\" : 3")
            .replace("\"finite\" : \"finite\"", "\"finite\" : null");

    ModelRefusedException refused =
        catchThrowableOfType(
            ModelRefusedException.class, () -> DescriptorCodec.read(broken, "broken"));

    assertThat(refused.reasons()).hasSize(8);
    assertThat(refused)
        .hasMessageContainingAll(
            "format is 9",
            "id is \"Center Net\"",
            "input.shapes has 250x256",
            "input.dtype is \"float64\"",
            "0 and 255",
            "patches.scale is -1.0",
            "patches.zeroPoint is unknown",
            "finite is missing");
  }

  @Test
  void whatIsNoJsonOrNoObjectIsRefused() {
    assertThatThrownBy(() -> DescriptorCodec.read("{", "text"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> DescriptorCodec.read("[]", "text"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("id is missing");
    assertThatThrownBy(() -> DescriptorCodec.read("", "text"))
        .isInstanceOf(ModelRefusedException.class);
  }

  private static String golden() throws IOException {
    try (InputStream in =
        DescriptorCodecTest.class.getResourceAsStream("descriptor-format-1.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
