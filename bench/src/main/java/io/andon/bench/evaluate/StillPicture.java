package io.andon.bench.evaluate;

import io.andon.bench.picture.Jpegs;
import io.andon.bench.picture.PictureFile;
import io.andon.bench.picture.Pixels;
import io.andon.bench.picture.Scaling;
import io.andon.embedding.InputShape;
import io.andon.embedding.picture.Letterbox;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A picture file as a frame: a JPEG that fits the model's input as it is, anything else (PNG,
 * another aspect ratio, or larger than the decoder takes) stretched to it and encoded as JPEG. A
 * camera's pictures have one size; bars of another width in every picture would say more of the
 * file than of the part.
 *
 * @param jpeg the picture
 * @param width pixels
 * @param height pixels
 */
record StillPicture(byte[] jpeg, int width, int height) {
  /** High: what is measured is not the encoder. */
  static final float QUALITY = 0.95f;

  private static final int LONGEST_SIDE = 3_000;

  /** Reads a file, or the part of it that a view has. */
  static StillPicture read(Path file, StillView view) throws IOException {
    InputShape shape = view.shape();
    byte[] bytes = Files.readAllBytes(file);
    try (PictureFile picture = PictureFile.of(bytes, file.toString())) {
      int width = picture.width();
      int height = picture.height();
      boolean small = Math.max(width, height) <= LONGEST_SIDE;
      return small && view.isWhole() && fits(width, height, shape) && picture.isJpeg()
          ? new StillPicture(bytes, width, height)
          : encoded(sized(part(picture, view), shape));
    }
  }

  /** Reads a file in another position. */
  static StillPicture turned(Path file, StillView view, Turn turn) throws IOException {
    try (PictureFile picture = PictureFile.open(file)) {
      return encoded(turn.of(sized(part(picture, view), view.shape())));
    }
  }

  private static BufferedImage part(PictureFile picture, StillView view) throws IOException {
    BufferedImage image = picture.image();
    if (view.isWhole()) {
      return image;
    }
    Rectangle part = view.part().in(image.getWidth(), image.getHeight());
    if (part.isEmpty()) {
      throw new IOException("it is too small to be cut");
    }
    return Transforms.cut(Pixels.plain(image), part);
  }

  private static boolean fits(int width, int height, InputShape shape) {
    Letterbox box = Letterbox.of(width, height, shape);
    return box.width() == shape.width() && box.height() == shape.height();
  }

  /** A picture that fits is left to the decoder to scale. */
  private static BufferedImage sized(BufferedImage image, InputShape shape) {
    if (!fits(image.getWidth(), image.getHeight(), shape)) {
      return Scaling.filtered(image, shape.width(), shape.height());
    }
    double longest = Math.max(image.getWidth(), image.getHeight());
    double scale = Math.min(1, LONGEST_SIDE / longest);
    int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
    return Scaling.filtered(image, width, height);
  }

  /** Size of a picture file, pixels, from its header. */
  static int[] size(Path file) throws IOException {
    try (PictureFile picture = PictureFile.open(file)) {
      return new int[] {picture.width(), picture.height()};
    }
  }

  private static StillPicture encoded(BufferedImage image) throws IOException {
    return new StillPicture(Jpegs.encoded(image, QUALITY), image.getWidth(), image.getHeight());
  }
}
