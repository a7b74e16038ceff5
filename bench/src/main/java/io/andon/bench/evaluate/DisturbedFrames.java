package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.picture.Jpegs;
import io.andon.ingest.gstreamer.VideoFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Frames of a set as ingest gives them, under a disturbance: decoded, changed, encoded again. They
 * are to come in the order of the set, train clips first, so that a seed always gives the same.
 */
final class DisturbedFrames {
  /** In both axes, pixels. */
  private static final double SHAKE_RMS = 0.7;

  private static final double NOISE_SIGMA = 10;

  /** One a test clip, in turn. */
  private static final double[] LIGHT = {0.8, 1.2, 0.9, 1.1, 0.75, 1.15};

  private final Disturbance disturbance;
  private final long seed;
  private final SplittableRandom random;
  private final List<String> test;

  DisturbedFrames(Disturbance disturbance, VideoSet set, long seed) {
    this.disturbance = disturbance;
    this.seed = seed;
    random = new SplittableRandom(seed);
    test = set.test().stream().map(Clip::id).toList();
  }

  Disturbance disturbance() {
    return disturbance;
  }

  /** Adds what the frames depend on; without a disturbance nothing. */
  void addTo(ReelKey key) {
    if (disturbance != Disturbance.NONE) {
      key.with(disturbance.word()).with(seed);
    }
  }

  /** The next frame of a clip, without the pixels that a gate would ask for. */
  VideoFile.Frame of(Clip clip, VideoFile.Frame frame) throws IOException {
    if (disturbance == Disturbance.NONE) {
      return frame;
    }
    BufferedImage image = disturbed(Jpegs.decoded(frame.jpeg()), clip);
    return new VideoFile.Frame(
        Jpegs.encoded(image, StillPicture.QUALITY),
        image.getWidth(),
        image.getHeight(),
        frame.fps(),
        null);
  }

  private BufferedImage disturbed(BufferedImage image, Clip clip) {
    return switch (disturbance) {
      case NONE -> image;
      case SHAKE ->
          Transforms.shifted(
              image, SHAKE_RMS * random.nextGaussian(), SHAKE_RMS * random.nextGaussian());
      case NOISE -> Transforms.noisy(image, random, NOISE_SIGMA);
      case DIM -> Transforms.lit(image, light(clip));
      case HALF -> Transforms.halved(image);
      case LEFT, RIGHT -> cut(image);
      case MIDDLE -> Transforms.doubled(cut(image));
    };
  }

  /** Train clips too are encoded again, so that light is all that they differ in. */
  private double light(Clip clip) {
    return clip.isTest() ? LIGHT[test.indexOf(clip.id()) % LIGHT.length] : 1;
  }

  private BufferedImage cut(BufferedImage image) {
    return Transforms.cut(image, disturbance.view().in(image.getWidth(), image.getHeight()));
  }
}
