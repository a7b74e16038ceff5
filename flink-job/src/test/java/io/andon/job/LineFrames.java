package io.andon.job;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import io.andon.job.frames.RawRecord;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;

/** Seeded pictures of a small line at 10 frames a second, as records of the frames topic. */
final class LineFrames {
  static final long START_MICROS = 1_700_000_000_000_000L;
  static final int SIDE = 64;
  private static final long FRAME_MICROS = 100_000;

  private LineFrames() {}

  static RawRecord frame(String camera, long seq, boolean anomalous) {
    return record(
        metadata(camera, 1, seq, START_MICROS + seq * FRAME_MICROS), jpeg(seq, anomalous));
  }

  /** A frame of a camera with a gate: two of ten show nothing new and go without their picture. */
  static RawRecord gated(String camera, long seq, boolean anomalous) {
    long place = seq % 10;
    boolean repeats = place == 3 || place == 4;
    return repeats ? repeated(camera, seq, seq - place + 2) : frame(camera, seq, anomalous);
  }

  /** A frame that repeats the picture of an earlier one. */
  static RawRecord repeated(String camera, long seq, long sameAs) {
    FrameMetadata frame = metadata(camera, 1, seq, START_MICROS + seq * FRAME_MICROS);
    return record(
        new FrameMetadata(
            camera,
            frame.capturedMicros(),
            frame.clock(),
            frame.play(),
            seq,
            SIDE,
            SIDE,
            Set.of(),
            OptionalLong.of(sameAs)),
        new byte[0]);
  }

  static FrameMetadata metadata(String camera, long play, long seq, long capturedMicros) {
    return new FrameMetadata(
        camera, capturedMicros, ClockSource.SENDER, play, seq, SIDE, SIDE, Set.of());
  }

  static RawRecord record(FrameMetadata metadata, byte[] picture) {
    return raw(
        metadata.camera().getBytes(StandardCharsets.UTF_8),
        FrameHeaders.encode(metadata),
        metadata.seq(),
        picture);
  }

  /** A record whose Kafka timestamp is that of the camera's frame of this number. */
  static RawRecord raw(byte[] key, List<WireHeader> headers, long seq, byte[] value) {
    long millis = recordMillis(seq);
    return new RawRecord(
        Topics.FRAMES,
        0,
        seq,
        millis,
        millis * 1_000,
        key,
        headers.stream().map(WireHeader::name).toArray(String[]::new),
        headers.stream()
            .map(header -> header.value() == null ? new byte[0] : header.value())
            .toArray(byte[][]::new),
        value);
  }

  /** Kafka timestamp of the record of this number. */
  static long recordMillis(long seq) {
    return (START_MICROS + seq * FRAME_MICROS) / 1_000 + 20;
  }

  static byte[] jpeg(long seq, boolean anomalous) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(90, 100, 110));
    graphics.fillRect(0, 0, SIDE, SIDE);
    graphics.setColor(new Color(200, 160, 60));
    graphics.fillRect((int) (seq * 4 % SIDE), 24, 10, 10);
    if (anomalous) {
      graphics.setColor(new Color(250, 20, 240));
      graphics.fillRect(30, 2, 30, 18);
    }
    graphics.dispose();
    Random noise = new Random(seq);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int grain = noise.nextInt(7) - 3;
        Color c = new Color(image.getRGB(x, y));
        image.setRGB(x, y, shifted(c, grain));
      }
    }
    return encoded(image);
  }

  /** A picture of one grey. */
  static byte[] grey(int level) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(level, level, level));
    graphics.fillRect(0, 0, SIDE, SIDE);
    graphics.dispose();
    return encoded(image);
  }

  private static int shifted(Color c, int by) {
    return new Color(
            clamped(c.getRed() + by), clamped(c.getGreen() + by), clamped(c.getBlue() + by))
        .getRGB();
  }

  private static int clamped(int value) {
    return Math.max(0, Math.min(255, value));
  }

  private static byte[] encoded(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
