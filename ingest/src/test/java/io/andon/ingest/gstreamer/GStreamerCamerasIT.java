package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GStreamerCamerasIT {
  @ParameterizedTest
  @ValueSource(strings = {"identity", "jpegenc", "avdec_mpeg4", "avdec_vp9", "no-such-element"})
  void aDecoderThatCanNotWorkIsRefused(String decoder) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> load(decoder));

    assertThat(e.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo("cameras[0].decoder");
              assertThat(problem.allowed()).startsWith("must be auto or ");
            });
  }

  @Test
  void decodersOfAllThreeCodecsAreTaken() throws ConfigException {
    for (String decoder : List.of("auto", "avdec_h264", "avdec_h265", "jpegdec")) {
      assertThat(load(decoder)).as(decoder).isNotNull();
    }
  }

  @Test
  void signalsThatTheJvmLivesWithEndNoProcessWhilePluginsAreLoaded() throws ConfigException {
    load("auto");
    assertThat(GstNative.GST.gst_segtrap_is_enabled()).isFalse();
  }

  private static GStreamerCameras load(String decoder) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: a, url: \"rtsp://cam/live\", decoder: "
            + decoder
            + "}]\n";
    List<CameraConfig> cameras =
        ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class).cameras();
    return GStreamerCameras.load(cameras, InstantSource.system());
  }
}
