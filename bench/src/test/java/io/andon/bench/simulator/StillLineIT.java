package io.andon.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.footage.FramePath;
import io.andon.bench.footage.UnusablePictureException;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.detection.CameraDetector;
import io.andon.detection.CameraState;
import io.andon.detection.DetectorSettings;
import io.andon.detection.FrameStamp;
import io.andon.detection.Verdict;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.tensorflow.TensorFlowEmbedder;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import io.andon.ingest.gate.FrameGate;
import io.andon.ingest.settings.GateConfig;
import io.andon.ingest.settings.GateProfile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A station that hardly ever moves, through the gate, the real model and detection. */
class StillLineIT {
  private static final int FPS = 8;
  private static final int SECONDS = 90;
  private static final long START = 1_700_000_000_000_000L;
  private static final int WIDTH = 512;
  private static final int HEIGHT = 288;

  private final CameraDetector detector =
      CameraDetector.create("rack", DetectorSettings.defaults().withFalseAlarmsPerDay(24));
  private final List<Long> openMicros = new ArrayList<>();
  private int embedded;

  @Test
  void mostPicturesNeedNoModelAndWhatIsWrongIsFoundAllTheSame() throws IOException {
    JpegPictureDecoder decoder = new JpegPictureDecoder();
    FrameGate gate = new FrameGate(new GateConfig(GateProfile.SAFE, 1_000));
    CameraPixels pixels = new CameraPixels();
    try (LineSimulation line = LineSimulation.create(List.of("rack"), 3, null);
        TensorFlowEmbedder embedder =
            TensorFlowEmbedder.open(
                TensorFlowSettings.of(models().open(ModelStore.DEFAULT_MODEL), decoder.name()))) {
      line.injectBetween(START + 60_000_000, START + 88_000_000, 3);
      FramePath path =
          new FramePath(
              decoder,
              embedder,
              (frame, seen) -> {
                embedded++;
                say(detector.observe(seen));
              });
      PictureSource camera = line.cameras().get(0);
      for (int seq = 0; seq < SECONDS * FPS; seq++) {
        long micros = START + seq * 1_000_000L / FPS;
        BufferedImage picture = CameraJpeg.picture(camera, micros, WIDTH, HEIGHT);
        if (gate.isUnchanged(pixels.of(picture), micros, 1, false)) {
          FrameStamp stamp = new FrameStamp(micros, 1, seq, 0, seq);
          say(detector.repeat(stamp, false));
        } else {
          add(path, seq, micros, CameraJpeg.encode(picture));
        }
      }
      List<Injection> shown = line.injections();
      assertThat(shown).hasSize(3);
      assertThat(embedded).as("calls of the model").isLessThan(SECONDS * FPS * 4 / 10);
      assertThat(shown)
          .as("an incident is open while each can be seen")
          .allMatch(injection -> openMicros.stream().anyMatch(at -> isDuring(injection, at)));
      assertThat(openMicros.size()).as("frames of incidents").isLessThan(SECONDS * FPS / 2);
    }
  }

  private void say(Verdict verdict) {
    if (verdict.state() == CameraState.INCIDENT) {
      openMicros.add(verdict.stamp().capturedMicros());
    }
  }

  private static ModelStore models() {
    String configured = System.getenv(ModelStore.ROOT_VARIABLE);
    return new ModelStore(Path.of(configured == null ? "../.cache/models" : configured));
  }

  private static boolean isDuring(Injection shown, long micros) {
    return micros >= shown.startMicros() && micros <= shown.endMicros().orElse(Long.MAX_VALUE);
  }

  private static void add(FramePath path, int seq, long micros, byte[] jpeg) {
    FrameMetadata frame =
        new FrameMetadata("rack", micros, ClockSource.SENDER, 1, seq, WIDTH, HEIGHT, Set.of());
    try {
      path.add(frame, jpeg);
    } catch (UnusablePictureException e) {
      throw new AssertionError(e);
    }
    path.flush();
  }
}
