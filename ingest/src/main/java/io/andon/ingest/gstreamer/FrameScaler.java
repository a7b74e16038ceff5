package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.settings.CameraConfig;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pad;
import org.jspecify.annotations.Nullable;

/**
 * Sets the size that a pipeline scales to, and the part that it cuts out before, each time the
 * camera's own size becomes known. It looks at events only, which are rare, on the pad before the
 * scaler; the new size is in force before the event reaches it, so that no picture is ever
 * squashed. A size that can't be used is told to the thread that pulls, since an error of a probe
 * goes nowhere.
 */
final class FrameScaler implements AutoCloseable {
  /** Costs nothing while the pull thread has not heard yet that the pictures can't be used. */
  private static final FrameSize SMALLEST = new FrameSize(64, 64);

  private final CameraConfig camera;
  private final @Nullable Cropping cropping;
  private final Element size;
  private final PadWatch watch;
  private volatile @Nullable StreamEndedException unusable;

  private FrameScaler(CameraConfig camera, Pad before, @Nullable Cropping cropping, Element size) {
    this.camera = camera;
    this.cropping = cropping;
    this.size = size;
    this.watch = PadWatch.attach(before, GstNative.PROBE_EVENT, this::passing);
  }

  /**
   * Watches a pad and sets the size of what follows.
   *
   * @param camera its configuration
   * @param before pad upstream of the scaler; lives longer than this
   * @param cropping what is between them and cuts; null where pictures are taken whole
   * @param size capsfilter behind the scaler
   */
  static FrameScaler attach(
      CameraConfig camera, Pad before, @Nullable Cropping cropping, Element size) {
    return new FrameScaler(camera, before, cropping, size);
  }

  private boolean passing(Pointer event) {
    if (event.getInt(GstNative.EVENT_TYPE) == GstNative.EVENT_CAPS) {
      capsChanged(event);
    }
    return true;
  }

  /**
   * To be asked after each picture is pulled, before it is used: none behind an unusable size
   * passes.
   *
   * @throws StreamEndedException if the camera's pictures can't be used
   */
  void requireUsable() throws StreamEndedException {
    watch.requireWorking();
    StreamEndedException problem = unusable;
    if (problem != null) {
      throw problem;
    }
  }

  private void capsChanged(Pointer event) {
    PointerByReference caps = new PointerByReference();
    GST.gst_event_parse_caps(event, caps);
    Pointer structure = GST.gst_caps_get_structure(caps.getValue(), 0);
    IntByReference width = new IntByReference();
    IntByReference height = new IntByReference();
    if (!GST.gst_structure_get_int(structure, "width", width)
        || !GST.gst_structure_get_int(structure, "height", height)) {
      return;
    }
    IntByReference pixelWidth = new IntByReference(1);
    IntByReference pixelHeight = new IntByReference(1);
    GST.gst_structure_get_fraction(structure, "pixel-aspect-ratio", pixelWidth, pixelHeight);
    int wide = Math.max(1, pixelWidth.getValue());
    int high = Math.max(1, pixelHeight.getValue());
    CropArea part = CropArea.of(camera.crop(), width.getValue(), height.getValue());
    if (cropping != null) {
      cropping.apply(part, wide, high);
    }
    try {
      apply(FrameSize.of(camera, part.width(), part.height(), wide, high));
    } catch (StreamEndedException e) {
      unusable = e;
      apply(SMALLEST);
    }
  }

  private void apply(FrameSize frame) {
    Caps caps = Caps.fromString(PipelineText.rawCaps(frame));
    size.set("caps", caps);
    caps.dispose();
  }

  @Override
  public void close() {
    watch.close();
  }
}
