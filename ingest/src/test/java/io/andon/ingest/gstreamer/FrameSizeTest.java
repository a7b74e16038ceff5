package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import org.junit.jupiter.api.Test;

class FrameSizeTest {
  @Test
  void keepsTheAspectRatioToTheShortSide() throws ConfigException {
    assertThat(FrameSize.of(camera(""), 1920, 1080, 1, 1)).isEqualTo(new FrameSize(512, 288));
    assertThat(FrameSize.of(camera(""), 1080, 1920, 1, 1)).isEqualTo(new FrameSize(288, 512));
  }

  @Test
  void anamorphicPicturesComeOutAsTheyLook() throws ConfigException {
    assertThat(FrameSize.of(camera(""), 720, 576, 64, 45)).isEqualTo(new FrameSize(512, 288));
  }

  @Test
  void smallPicturesAreNotEnlarged() throws ConfigException {
    assertThat(FrameSize.of(camera(""), 320, 240, 1, 1)).isEqualTo(new FrameSize(320, 240));
  }

  @Test
  void anExactSizeIsTakenAsItIs() throws ConfigException {
    assertThat(FrameSize.of(camera(", width: 224, height: 224"), 1920, 1080, 1, 1))
        .isEqualTo(new FrameSize(224, 224));
  }

  private static CameraConfig camera(String more) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x}\ncameras: [{id: a, url: \"rtsp://cam/live\"" + more + "}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
