package io.andon.detection;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The picture that was seen last, for frames that only say that it is unchanged. What is judged in
 * such a frame is this picture again, against what is known by then: so a replay that goes on from
 * a snapshot between the two frames says the same.
 */
final class LastPicture {
  private @Nullable Observation seen;

  // Of the picture against one version of the baseline: a pure function of both, so that it makes
  // no difference whether it is still here or computed anew.
  private @Nullable FeatureScores scores;

  /**
   * What features say of a picture, before anything that depends on time.
   *
   * @param baseline the baseline that it was set against
   * @param version version of the baseline
   * @param distances appearance distance of each cell
   * @param raw raw score of each channel that features tell
   */
  record FeatureScores(Baseline baseline, long version, double[] distances, double[] raw) {}

  /** A frame with a picture of its own came. */
  void see(Observation frame) {
    seen = frame;
    scores = null;
  }

  /** Whether the picture is that of this frame in this embedding space. */
  boolean isOf(long play, long seq, String space) {
    Observation picture = seen;
    return picture != null
        && picture.stamp().play() == play
        && picture.stamp().seq() == seq
        && picture.space().equals(space);
  }

  /** The picture under the stamp of the frame that it came with. */
  Observation picture() {
    if (seen == null) {
      throw new IllegalStateException("no picture was seen yet");
    }
    return seen;
  }

  /** Hands the picture over if there is one. */
  void ifSeen(Consumer<Observation> then) {
    if (seen != null) {
      then.accept(seen);
    }
  }

  /** What features said of the picture against this very state of the baseline, or null. */
  @Nullable FeatureScores scoresBy(Baseline baseline) {
    FeatureScores known = scores;
    return known != null && known.baseline == baseline && known.version == baseline.version()
        ? known
        : null;
  }

  /** Remembers what features said of the picture. */
  void note(FeatureScores said) {
    scores = said;
  }

  void write(SnapshotWriter out) {
    Observation picture = seen;
    out.putBoolean(picture != null);
    if (picture != null) {
      out.putStamp(picture.stamp());
      FrameShape.of(picture).write(out);
      out.putBytes(picture.patches());
      out.putBytes(picture.pooled());
      out.putBytes(picture.luma());
      out.putBoolean(picture.discontinuous());
      picture.area().write(out);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    scores = null;
    if (!in.takeBoolean()) {
      seen = null;
      return;
    }
    FrameStamp stamp = in.takeStamp();
    FrameShape shape = FrameShape.read(in);
    int luma = shape.lumaWidth() * shape.lumaHeight();
    try {
      Observation picture =
          new Observation(
              stamp,
              shape.space(),
              shape.pictureWidth(),
              shape.pictureHeight(),
              shape.rows(),
              shape.columns(),
              shape.channels(),
              in.takeBytes("last patches", shape.patchValues(), shape.patchValues()),
              in.takeBytes("last pooled", shape.pooled(), shape.pooled()),
              shape.lumaWidth(),
              shape.lumaHeight(),
              in.takeBytes("last luma", luma, luma),
              in.takeBoolean());
      seen = in.version() < 5 ? picture : picture.in(PictureArea.read(in));
    } catch (IllegalArgumentException e) {
      throw SnapshotReader.corrupt("last picture: " + e.getMessage());
    }
  }
}
