package io.andon.ingest.gstreamer;

import io.andon.ingest.camera.IntegrityTrack;
import java.util.ArrayList;
import java.util.List;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.ElementFactory;
import org.freedesktop.gstreamer.Pad;
import org.jspecify.annotations.Nullable;

/**
 * Follows coded pictures into the decoders of a pipeline. There each buffer is one picture that
 * says whether it is a key frame, and whether packets are missing before it or in it ({@code
 * DISCONT}, which jitter buffer, depayloader and parser hand on).
 */
final class CodedPictures implements AutoCloseable {
  /** More than {@code decodebin} ever tries. */
  private static final int MOST_DECODERS = 32;

  private final IntegrityTrack track;
  private final List<Pad> pads = new ArrayList<>();
  private final List<PadWatch> watches = new ArrayList<>();

  CodedPictures(IntegrityTrack track) {
    this.track = track;
  }

  /** Follows what goes into an element, if it decodes pictures; called by GStreamer too. */
  synchronized void follow(Element element) {
    Pad pad = isDecoder(element.getFactory()) ? element.getStaticPad("sink") : null;
    if (pad != null && pads.size() < MOST_DECODERS) {
      pads.add(pad);
      watches.add(
          PadWatch.attach(
              pad,
              GstNative.PROBE_BUFFER,
              picture -> {
                int flags = picture.getInt(GstNative.BUFFER_FLAGS);
                track.coded(
                    picture.getLong(GstNative.BUFFER_PTS),
                    (flags & GstNative.FLAG_DELTA_UNIT) == 0,
                    (flags & GstNative.FLAG_DISCONT) != 0);
                return true;
              }));
    }
  }

  private static boolean isDecoder(@Nullable ElementFactory factory) {
    String kind = factory == null ? "" : factory.getKlass();
    return kind.contains("Decoder") && (kind.contains("Video") || kind.contains("Image"));
  }

  /**
   * To be asked by the thread that pulls.
   *
   * @throws RuntimeException if a picture could not be looked at
   */
  synchronized void requireWorking() {
    watches.forEach(PadWatch::requireWorking);
  }

  /** Follows no more; the pipeline has been stopped. */
  @Override
  public synchronized void close() {
    watches.forEach(PadWatch::close);
    pads.forEach(Pad::dispose);
    watches.clear();
    pads.clear();
  }
}
