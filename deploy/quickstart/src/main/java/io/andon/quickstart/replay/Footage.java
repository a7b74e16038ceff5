package io.andon.quickstart.replay;

import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.PictureSource;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Set;

/** Renders a line, picture by picture, in the size that ingest would scale them to. */
final class Footage {
  private static final int HEIGHT = 288;

  private final LineSimulation line;
  private final int fps;

  /** Takes the pictures of one camera after the other, each in the order of time. */
  interface Viewer {
    /** The next picture. */
    void see(FrameMetadata frame, BufferedImage picture) throws IOException;
  }

  Footage(LineSimulation line, int fps) {
    this.line = line;
    this.fps = fps;
  }

  void shoot(long startMicros, double seconds, Viewer viewer) throws IOException {
    long frames = Math.round(seconds * fps);
    for (PictureSource camera : line.cameras()) {
      int width = camera.width() * HEIGHT / camera.height();
      for (long seq = 0; seq < frames; seq++) {
        long micros = startMicros + seq * 1_000_000L / fps;
        FrameMetadata frame =
            new FrameMetadata(
                camera.camera(), micros, ClockSource.SENDER, 1, seq, width, HEIGHT, Set.of());
        viewer.see(frame, CameraJpeg.picture(camera, micros, width, HEIGHT));
      }
    }
  }
}
