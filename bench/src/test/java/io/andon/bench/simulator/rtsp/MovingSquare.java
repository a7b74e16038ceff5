package io.andon.bench.simulator.rtsp;

import io.andon.bench.simulator.PictureSource;
import java.util.Arrays;

/** A white square that crosses a grey picture once a second. */
record MovingSquare(String camera, int width, int height) implements PictureSource {
  private static final int SIDE = 32;

  @Override
  public void render(long epochMicros, byte[] rgb) {
    Arrays.fill(rgb, (byte) 64);
    int left = (int) (epochMicros % 1_000_000 * (width - SIDE) / 1_000_000);
    for (int y = 0; y < SIDE; y++) {
      int from = (y * width + left) * 3;
      Arrays.fill(rgb, from, from + SIDE * 3, (byte) 255);
    }
  }
}
