package io.andon.bench.simulator.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.simulator.PictureSource;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.Picture;
import io.andon.ingest.gstreamer.GStreamerCameras;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.GateConfig;
import io.andon.ingest.settings.GateProfile;
import io.andon.ingest.settings.Transport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ingest must find out, by the sender reports alone, when a picture was rendered. */
class CaptureTimeIT {
  private static final int FPS = 10;
  private static final int FRAMES = 30;

  @Test
  @Timeout(300)
  void theSendersClockTellsWhenAPictureWasRendered() throws Exception {
    try (RtspServer server = RtspServer.start(0, List.of(new WrittenTime()), FPS, null)) {
      CameraConfig camera = camera(server.addresses().get(0));
      GStreamerCameras cameras = GStreamerCameras.load(List.of(camera), Clock.systemUTC());
      try (CameraStream stream = cameras.open(camera)) {
        for (int seen = 0; seen < FRAMES; ) {
          Picture picture = stream.next(1000);
          if (picture != null && picture.senderMicros().isPresent()) {
            seen++;
            long claimedMillis = picture.senderMicros().getAsLong() / 1000;
            assertThat(claimedMillis - WrittenTime.read(picture, claimedMillis))
                .as("milliseconds between claimed capture and rendering")
                .isBetween(-100L, 100L);
          }
        }
      }
    }
  }

  private static CameraConfig camera(String address) {
    return new CameraConfig(
        "clock",
        address,
        null,
        null,
        FPS,
        288,
        null,
        null,
        null,
        85,
        200,
        Transport.TCP,
        "auto",
        10_000,
        5_000,
        500,
        5_000,
        300_000,
        5_000,
        8,
        new GateConfig(GateProfile.SAFE, 1_000));
  }

  /** Writes the low bits of the time in milliseconds into its picture, a bar a bit. */
  private record WrittenTime() implements PictureSource {
    private static final int BITS = 16;
    private static final int BAR = 32;

    @Override
    public String camera() {
      return "clock";
    }

    @Override
    public int width() {
      return BITS * BAR;
    }

    @Override
    public int height() {
      return 288;
    }

    @Override
    public void render(long epochMicros, byte[] rgb) {
      long millis = epochMicros / 1000;
      for (int y = 0; y < height(); y++) {
        for (int bit = 0; bit < BITS; bit++) {
          int from = (y * width() + bit * BAR) * 3;
          Arrays.fill(rgb, from, from + BAR * 3, (byte) ((millis >> bit & 1) * 255));
        }
      }
    }

    /** The time in the picture, milliseconds since the epoch; the high bits are those of near. */
    static long read(Picture picture, long near) throws IOException {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
      long low = 0;
      for (int bit = 0; bit < BITS; bit++) {
        int x = (2 * bit + 1) * image.getWidth() / (2 * BITS);
        boolean white = (image.getRGB(x, image.getHeight() / 2) & 255) > 127;
        low |= white ? 1L << bit : 0;
      }
      return near + (short) (low - near);
    }
  }
}
