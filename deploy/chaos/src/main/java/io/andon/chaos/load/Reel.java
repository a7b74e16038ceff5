package io.andon.chaos.load;

import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.PictureSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of simulated cameras, encoded beforehand: first what is normal, for the warm-up, then a
 * part with an anomaly about every {@value #ANOMALY_SECONDS} seconds that may be shown again and
 * again.
 *
 * @param cameras what each camera shows
 */
public record Reel(List<Camera> cameras) {
  /** Pictures a second. */
  public static final int FPS = 5;

  /** Seconds without anomalies at the beginning. */
  public static final int NORMAL_SECONDS = 30;

  static final int WIDTH = 512;
  static final int HEIGHT = 288;
  private static final int SECONDS = 110;
  private static final int ANOMALY_SECONDS = 6;
  // Fixed, so that a seed alone decides what is shown.
  private static final long BEGIN_MICROS = 1_700_000_000_000_000L;

  /**
   * One camera.
   *
   * @param name its id
   * @param pictures JPEGs in the order of time
   */
  public record Camera(String name, List<byte[]> pictures) {
    /** The picture of a frame: after the last it goes on behind the normal part. */
    byte[] picture(long number) {
      int normal = NORMAL_SECONDS * FPS;
      long at =
          number < pictures.size()
              ? number
              : normal + (number - normal) % (pictures.size() - normal);
      return pictures.get((int) at);
    }
  }

  /**
   * Renders a reel.
   *
   * @param seed decides everything random
   */
  public static Reel render(long seed) throws IOException {
    try (LineSimulation line = LineSimulation.create(LineSimulation.DEMO_CAMERAS, seed, null)) {
      line.injectBetween(
          at(NORMAL_SECONDS * FPS),
          at(SECONDS * FPS),
          (SECONDS - NORMAL_SECONDS) / ANOMALY_SECONDS);
      List<Camera> cameras = new ArrayList<>();
      for (PictureSource source : line.cameras()) {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < SECONDS * FPS; i++) {
          pictures.add(CameraJpeg.of(source, at(i), WIDTH, HEIGHT));
        }
        cameras.add(new Camera("numbered-" + source.camera(), pictures));
      }
      return new Reel(cameras);
    }
  }

  private static long at(int frame) {
    return BEGIN_MICROS + frame * 1_000_000L / FPS;
  }
}
