package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.DeadLetterReason;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JpegPictureDecoderTest {
  private static final InputShape TARGET = new InputShape(112, 64);
  private final PictureDecoder decoder = decoder();

  PictureDecoder decoder() {
    return new JpegPictureDecoder();
  }

  @Test
  void bringsAPictureToTheModelsSizeWithItsLuma() {
    Picture picture = decoded(TestPictures.jpeg(128, 72), 128, 72, TARGET);

    assertThat(picture.width()).isEqualTo(112);
    assertThat(picture.height()).isEqualTo(64);
    assertThat(picture.luma().width()).isEqualTo(56);
    assertThat(picture.luma().height()).isEqualTo(32);
    assertThat(spread(picture.rgb())).as("the picture has content").isGreaterThan(50);
  }

  @Test
  void keepsColoursInTheirPlaces() {
    BufferedImage red = new BufferedImage(112, 64, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 112 * 64; i++) {
      red.setRGB(i % 112, i / 112, 0xE01020);
    }

    Picture picture = decoded(TestPictures.encode(red, "jpg"), 112, 64, TARGET);

    assertThat(picture.rgb()[0] & 0xFF).isBetween(0xDC, 0xE4);
    assertThat(picture.rgb()[1] & 0xFF).isBetween(0x0C, 0x14);
    assertThat(picture.rgb()[2] & 0xFF).isBetween(0x1C, 0x24);
  }

  @Test
  void aGreyPictureGetsItsSampleInEachColour() {
    Picture picture = decoded(TestPictures.grey(112, 64, 90), 112, 64, TARGET);

    byte[] expected = new byte[112 * 64 * 3];
    Arrays.fill(expected, (byte) 90);
    assertThat(picture.rgb()).isEqualTo(expected);
    assertThat(picture.luma().values()).containsOnly((byte) 90);
  }

  @Test
  void letterboxesWhatWouldBeStretchedTooMuch() {
    Picture picture = decoded(TestPictures.grey(64, 64, 200), 64, 64, TARGET);

    assertThat(picture.rgb()[0] & 0xFF).as("bar on the left").isEqualTo(128);
    assertThat(picture.rgb()[(32 * 112 + 111) * 3] & 0xFF).as("bar on the right").isEqualTo(128);
    assertThat(picture.rgb()[(32 * 112 + 56) * 3] & 0xFF).as("picture between").isEqualTo(200);
  }

  @Test
  void givesTheSameBitsEachTime() {
    byte[] jpeg = TestPictures.jpeg(128, 72);

    assertThat(decoded(jpeg, 128, 72, TARGET).rgb())
        .isEqualTo(decoded(jpeg, 128, 72, TARGET).rgb());
  }

  @Test
  void rejectsEmptyBytes() {
    assertRejected(new byte[0], 128, 72, DeadLetterReason.EMPTY_PICTURE, "no bytes");
  }

  @Test
  void rejectsWhatIsNoJpeg() {
    byte[] png =
        TestPictures.encode(new BufferedImage(128, 72, BufferedImage.TYPE_3BYTE_BGR), "png");

    assertRejected(png, 128, 72, DeadLetterReason.UNDECODABLE_PICTURE, "no complete JPEG");
    assertRejected(
        "hello".getBytes(StandardCharsets.UTF_8),
        128,
        72,
        DeadLetterReason.UNDECODABLE_PICTURE,
        "no complete JPEG");
  }

  @Test
  void rejectsAPictureCutAnywhere() {
    byte[] jpeg = TestPictures.jpeg(128, 72);
    for (int length = 1; length < jpeg.length; length += 97) {
      assertRejected(
          Arrays.copyOf(jpeg, length), 128, 72, DeadLetterReason.UNDECODABLE_PICTURE, "");
    }
  }

  @Test
  void rejectsAPictureWhoseMiddleIsMissingThoughItEndsWell() {
    byte[] jpeg = TestPictures.jpeg(128, 72);
    byte[] holed = Arrays.copyOf(jpeg, jpeg.length / 2);
    holed[holed.length - 2] = (byte) 0xFF;
    holed[holed.length - 1] = (byte) 0xD9;

    assertRejected(holed, 128, 72, DeadLetterReason.UNDECODABLE_PICTURE, "");
  }

  @Test
  void rejectsBombsByTheirHeader() {
    byte[] jpeg = TestPictures.jpeg(64, 64);

    assertRejected(
        TestPictures.claiming(jpeg, 65_000, 65_000),
        65_000,
        65_000,
        DeadLetterReason.OVERSIZED_PICTURE,
        "65000x65000");
    assertRejected(
        TestPictures.claiming(jpeg, 4000, 4000),
        4000,
        4000,
        DeadLetterReason.OVERSIZED_PICTURE,
        "pixels");
    assertRejected(new byte[(8 << 20) + 1], 64, 64, DeadLetterReason.OVERSIZED_PICTURE, "bytes");
  }

  @Test
  void rejectsABombThatASecondFrameHides() {
    byte[] jpeg = TestPictures.jpeg(64, 64);
    int frame = TestPictures.frame(jpeg);
    int length = ((jpeg[frame] & 0xFF) << 8) | (jpeg[frame + 1] & 0xFF);
    byte[] secondFrame = Arrays.copyOfRange(jpeg, frame - 2, frame + length);
    byte[] bomb = TestPictures.claiming(jpeg, 26_000, 26_000);
    byte[] afterTheScan = spliced(bomb, bomb.length - 2, secondFrame);
    byte[] beforeTheScan = spliced(bomb, frame + length, secondFrame);

    assertRejected(afterTheScan, 64, 64, DeadLetterReason.UNDECODABLE_PICTURE, "no complete JPEG");
    assertRejected(beforeTheScan, 64, 64, DeadLetterReason.UNDECODABLE_PICTURE, "no complete JPEG");
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] more) {
    return ByteBuffer.allocate(bytes.length + more.length)
        .put(bytes, 0, at)
        .put(more)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  @Test
  void rejectsASizeOtherThanDeclared() {
    assertRejected(
        TestPictures.jpeg(128, 72), 72, 128, DeadLetterReason.SIZE_MISMATCH, "declared was 72x128");
  }

  @Test
  void rejectsFourComponentsTwelveBitsAndArithmeticCoding() {
    byte[] jpeg = TestPictures.jpeg(64, 64);
    int frame = TestPictures.frame(jpeg);
    byte[] twelveBits = jpeg.clone();
    twelveBits[frame + 2] = 12;
    byte[] cmyk = jpeg.clone();
    cmyk[frame + 7] = 4;
    byte[] arithmetic = jpeg.clone();
    arithmetic[frame - 1] = (byte) 0xC9;

    assertRejected(twelveBits, 64, 64, DeadLetterReason.UNDECODABLE_PICTURE, "12 bits");
    assertRejected(cmyk, 64, 64, DeadLetterReason.UNDECODABLE_PICTURE, "4 components");
    assertRejected(arithmetic, 64, 64, DeadLetterReason.UNDECODABLE_PICTURE, "c9");
  }

  @Test
  void anyBytesGiveAResult() {
    byte[] jpeg = TestPictures.jpeg(64, 64);
    SplittableRandom random = new SplittableRandom(42);
    int decoded = 0;
    int rejected = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] broken = broken(jpeg, random);
      DecodeResult result = decoder.decode(broken, 64, 64, TARGET);
      if (result instanceof DecodeResult.Decoded) {
        decoded++;
      } else {
        rejected++;
      }
    }
    assertThat(decoded).as("some damage can't be seen").isPositive();
    assertThat(rejected).as("most can").isGreaterThan(decoded / 2);
  }

  private static byte[] broken(byte[] jpeg, SplittableRandom random) {
    byte[] broken =
        random.nextInt(4) == 0
            ? Arrays.copyOf(jpeg, random.nextInt(1, jpeg.length + 200))
            : jpeg.clone();
    int changes = random.nextInt(1, 8);
    // Half of the changes hit the headers, where the decoder believes what it reads.
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(broken.length, 640) : broken.length);
      broken[at] = (byte) random.nextInt(256);
    }
    return broken;
  }

  private Picture decoded(byte[] jpeg, int width, int height, InputShape target) {
    DecodeResult result = decoder.decode(jpeg, width, height, target);
    assertThat(result).isInstanceOf(DecodeResult.Decoded.class);
    return ((DecodeResult.Decoded) result).picture();
  }

  private void assertRejected(
      byte[] bytes, int width, int height, DeadLetterReason reason, String detail) {
    DecodeResult result = decoder.decode(bytes, width, height, TARGET);
    assertThat(result).isInstanceOf(DecodeResult.Rejected.class);
    DecodeResult.Rejected rejected = (DecodeResult.Rejected) result;
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).contains(detail);
  }

  private static int spread(byte[] values) {
    int low = 255;
    int high = 0;
    for (byte value : values) {
      low = Math.min(low, value & 0xFF);
      high = Math.max(high, value & 0xFF);
    }
    return high - low;
  }
}
