package io.andon.detection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this camera's features are looked at: first a few normal pictures are studied, from them a
 * {@link FeatureWhitening} is learnt, and from then on every frame is seen through it, with a
 * {@link SceneSignature} in place of the network's pooled vector. Until then nothing can be
 * compared.
 */
final class FeatureView {
  /** Most values that studied pictures hold together, whatever the settings say. */
  static final int MAX_STUDY_VALUES = 1 << 21;

  /** A picture that is studied. */
  record Studied(FrameStamp stamp, byte[] patches) {}

  /** A studied picture as it is seen. */
  record Seen(FrameStamp stamp, byte[] patches, byte[] signature) {}

  private final FrameShape outer;
  private final int framesWanted;
  private final boolean stills;
  private final List<Studied> studied = new ArrayList<>();
  private @Nullable FeatureWhitening whitening;

  // The view of the latest frame: it is asked for several times.
  private @Nullable Observation latestView;

  /**
   * @param outer shape of the frames
   * @param framesWanted how many pictures are studied, 2 or more
   * @param stills whether signatures are of all features, as they come: a {@link WhitenedScene}
   *     learns what to make of them from many more pictures than are studied
   */
  FeatureView(FrameShape outer, int framesWanted, boolean stills) {
    this.outer = outer;
    this.stills = stills;
    this.framesWanted = Math.max(2, Math.min(framesWanted, MAX_STUDY_VALUES / outer.patchValues()));
  }

  /** Whether frames can be seen. */
  boolean isKnown() {
    return whitening != null;
  }

  /** Whether both show every frame alike, bit for bit. */
  boolean isSameAs(FeatureView other) {
    return whitening != null
        && other.whitening != null
        && outer.equals(other.outer)
        && whitening.isSameAs(other.whitening);
  }

  /** The shape of frames as they are seen. */
  FrameShape inner() {
    int features =
        whitening == null ? FeatureWhitening.outputs(outer.channels()) : whitening.outputs();
    return outer.withFeatures(
        features, SceneSignature.length(stills ? outer.channels() : features));
  }

  /** Studies a normal frame; true if that was the last one needed, and frames can be seen now. */
  boolean study(Observation frame) {
    studied.add(new Studied(frame.stamp(), frame.patches().clone()));
    if (studied.size() < framesWanted) {
      return false;
    }
    List<byte[]> grids = studied.stream().map(Studied::patches).toList();
    FeatureWhitening learnt = FeatureWhitening.of(grids, outer.channels());
    whitening = stills ? learnt.scaledToSpreadOf(grids) : learnt;
    return true;
  }

  /** Hands over the studied pictures as they are seen now, oldest first, and forgets them. */
  List<Seen> takeStudied() {
    List<Seen> seen = studied.stream().map(this::seen).toList();
    studied.clear();
    return seen;
  }

  private Seen seen(Studied picture) {
    byte[] patches = known().project(picture.patches());
    return new Seen(picture.stamp(), patches, signature(picture.patches(), patches));
  }

  /** A frame as it is seen. */
  Observation of(Observation frame) {
    if (latestView != null && latestView.stamp().equals(frame.stamp())) {
      return latestView;
    }
    byte[] patches = known().project(frame.patches());
    FrameShape shape = inner();
    Observation view =
        new Observation(
            frame.stamp(),
            frame.space(),
            frame.pictureWidth(),
            frame.pictureHeight(),
            frame.rows(),
            frame.columns(),
            shape.channels(),
            patches,
            signature(frame.patches(), patches),
            frame.lumaWidth(),
            frame.lumaHeight(),
            frame.luma(),
            frame.discontinuous());
    latestView = view;
    return view;
  }

  private byte[] signature(byte[] patches, byte[] seen) {
    return stills
        ? SceneSignature.of(patches, outer.channels())
        : SceneSignature.of(seen, inner().channels());
  }

  private FeatureWhitening known() {
    if (whitening == null) {
      throw new IllegalStateException("too few pictures have been studied to see a frame");
    }
    return whitening;
  }

  void write(SnapshotWriter out) {
    out.putBoolean(whitening != null);
    if (whitening != null) {
      whitening.write(out);
    }
    out.putInt(studied.size());
    for (Studied picture : studied) {
      out.putStamp(picture.stamp());
      out.putBytes(picture.patches());
    }
  }

  /** Reads what {@link #write} wrote; before version 2 features were taken as they came. */
  void read(SnapshotReader in) throws SnapshotException {
    if (in.version() == SnapshotFormat.FIRST_VERSION) {
      whitening = FeatureWhitening.identity(outer.channels());
      return;
    }
    whitening = in.takeBoolean() ? FeatureWhitening.read(in, outer.channels()) : null;
    int pictures = in.takeInt("studied pictures", 0, MAX_STUDY_VALUES / outer.patchValues());
    for (int i = 0; i < pictures; i++) {
      studied.add(
          new Studied(
              in.takeStamp(),
              in.takeBytes("studied patches", outer.patchValues(), outer.patchValues())));
    }
  }
}
