package io.andon.quickstart.replay;

import io.andon.bench.footage.FramePath;
import io.andon.bench.footage.UnusablePictureException;
import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.PictureSource;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import java.io.IOException;
import java.util.Set;

/** Renders a line and brings every picture to detection as the job would. */
final class Footage {
  private static final int HEIGHT = 288;

  private final LineSimulation line;
  private final FramePath path;
  private final int fps;

  Footage(LineSimulation line, FramePath path, int fps) {
    this.line = line;
    this.path = path;
    this.fps = fps;
  }

  /** Sends the frames of one camera after the other, each in the order of time. */
  void shoot(long startMicros, double seconds) throws IOException {
    long frames = Math.round(seconds * fps);
    for (PictureSource camera : line.cameras()) {
      int width = camera.width() * HEIGHT / camera.height();
      for (long seq = 0; seq < frames; seq++) {
        long micros = startMicros + seq * 1_000_000L / fps;
        FrameMetadata frame =
            new FrameMetadata(
                camera.camera(), micros, ClockSource.SENDER, 1, seq, width, HEIGHT, Set.of());
        try {
          path.add(frame, CameraJpeg.of(camera, micros, width, HEIGHT));
        } catch (UnusablePictureException e) {
          throw new IllegalStateException("a rendered picture can't be decoded", e);
        }
      }
      path.flush();
    }
  }
}
