package io.andon.bench.evaluate;

import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import io.andon.embedding.InputShape;

/** Observations of a reel, put to another place. */
final class Restamped {
  private Restamped() {}

  /** The same picture as another frame of a stream. */
  static Observation of(Observation o, FrameStamp stamp) {
    return of(o, stamp, new InputShape(o.pictureWidth(), o.pictureHeight()), false);
  }

  /** The same picture as a part of its own, in a camera whose pictures all have one size. */
  static Observation alone(Observation o, FrameStamp stamp, InputShape size) {
    return of(o, stamp, size, true);
  }

  private static Observation of(
      Observation o, FrameStamp stamp, InputShape size, boolean discontinuous) {
    return new Observation(
        stamp,
        o.space(),
        size.width(),
        size.height(),
        o.rows(),
        o.columns(),
        o.channels(),
        o.patches(),
        o.pooled(),
        o.lumaWidth(),
        o.lumaHeight(),
        o.luma(),
        discontinuous);
  }
}
