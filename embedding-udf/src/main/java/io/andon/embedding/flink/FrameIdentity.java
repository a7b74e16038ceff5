package io.andon.embedding.flink;

import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;

/** The rule that a frame's metadata and its reference name one frame. */
final class FrameIdentity {
  private FrameIdentity() {}

  /** Serializers rely on it: they write camera, play and seq once. */
  static void requireSame(FrameMetadata metadata, FrameRef ref) {
    if (!metadata.camera().equals(ref.camera())
        || metadata.play() != ref.play()
        || metadata.seq() != ref.seq()) {
      throw new IllegalArgumentException(
          "ref names " + ref + ", the metadata are of another frame: " + metadata);
    }
  }
}
