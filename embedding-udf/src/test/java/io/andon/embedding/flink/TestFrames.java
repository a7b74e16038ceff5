package io.andon.embedding.flink;

import io.andon.contracts.ClockSource;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.embedding.InputShape;
import io.andon.embedding.LumaPlane;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.Set;

/** Frames whose picture is a number of four bytes, and a decoder for them. */
final class TestFrames {
  static final int WIDE = 640;
  static final int LOW = 480;
  private static final int UNDECODABLE = -7;

  private TestFrames() {}

  /** Frame {@code number} of a landscape camera. */
  static FrameRecord frame(int number) {
    return frame(number, WIDE, LOW, picture(number, 4));
  }

  /** Frame {@code number} of a portrait camera. */
  static FrameRecord upright(int number) {
    return frame(number, LOW, WIDE, picture(number, 4));
  }

  static FrameRecord undecodable(int number) {
    return frame(number, WIDE, LOW, picture(UNDECODABLE, 100));
  }

  /** Frame {@code number}, which repeats the picture of an earlier one. */
  static FrameRecord repeated(int number, int sameAs) {
    return with(frame(number), OptionalLong.of(sameAs), 1, new byte[0]);
  }

  /** Frame {@code number}, which comes so many frame intervals after the one before it. */
  static FrameRecord thinned(int number, int intervals) {
    FrameRecord frame = frame(number);
    return with(frame, OptionalLong.empty(), intervals, frame.picture());
  }

  private static FrameRecord with(
      FrameRecord frame, OptionalLong sameAs, int intervals, byte[] picture) {
    FrameMetadata metadata = frame.metadata();
    return new FrameRecord(
        new FrameMetadata(
            metadata.camera(),
            metadata.capturedMicros(),
            metadata.clock(),
            metadata.play(),
            metadata.seq(),
            metadata.width(),
            metadata.height(),
            metadata.flags(),
            sameAs,
            intervals),
        frame.ref(),
        frame.recordTimestampMicros(),
        frame.fetchedMicros(),
        picture);
  }

  static FrameRecord frame(int number, int width, int height, byte[] picture) {
    String camera = "cam-" + number % 3;
    return new FrameRecord(
        new FrameMetadata(
            camera,
            1_700_000_000_000_000L + number,
            ClockSource.SENDER,
            7,
            number,
            width,
            height,
            Set.of(FrameFlag.RECONNECTED, FrameFlag.DROPPED_BEFORE)),
        new FrameRef("andon.frames", 3, 1000L + number, camera, 7, number),
        1_700_000_000_100_000L,
        1_700_000_000_200_000L,
        picture);
  }

  static byte[] picture(int number, int bytes) {
    return ByteBuffer.allocate(bytes).putInt(number).array();
  }

  /** What a test does in place of decoding. */
  @FunctionalInterface
  interface Decoding {
    DecodeResult decode(byte[] encoded, InputShape shape);
  }

  static PictureDecoder decoder(Decoding decoding) {
    return new PictureDecoder() {
      @Override
      public String name() {
        return "numbers";
      }

      @Override
      public DecodeResult decode(byte[] bytes, int width, int height, InputShape target) {
        return decoding.decode(bytes, target);
      }
    };
  }

  static DecodeResult decode(byte[] encoded, InputShape shape) {
    int number = ByteBuffer.wrap(encoded).getInt();
    if (number == UNDECODABLE) {
      return new DecodeResult.Rejected(DeadLetterReason.UNDECODABLE_PICTURE, "not a number");
    }
    byte[] rgb = new byte[3 * shape.width() * shape.height()];
    ByteBuffer.wrap(rgb).putInt(number);
    LumaPlane luma = new LumaPlane(2, 1, new byte[] {9, 8});
    return new DecodeResult.Decoded(new Picture(shape.width(), shape.height(), rgb, luma));
  }

  static int numberIn(Picture picture) {
    return ByteBuffer.wrap(picture.rgb()).getInt();
  }
}
