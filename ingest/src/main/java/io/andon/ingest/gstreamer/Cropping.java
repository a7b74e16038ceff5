package io.andon.ingest.gstreamer;

import io.andon.ingest.settings.CameraConfig;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Cuts pictures before they are scaled. {@code videocrop} takes fewer formats than decoders give,
 * and says so only when it is too late to convert; and it refuses pictures that have no pixel left
 * by the crop of those before them, while decoders still ask what they may send. So a scaler goes
 * before it, which takes any, and is held to the size that pictures come in: nothing happens to
 * those that can be cut as they are.
 */
final class Cropping implements AutoCloseable {
  /** In launch syntax, up to what takes the part. */
  static final String TEXT = "videoconvertscale ! capsfilter name=whole ! videocrop name=crop ! ";

  private static final String FORMATS = "{I420,YV12,NV12,NV21,Y42B,Y444,GRAY8,I420_10LE,I422_10LE}";

  private final Element whole;
  private final Element crop;

  private Cropping(Element whole, Element crop) {
    this.whole = whole;
    this.crop = crop;
  }

  /** That of a camera's pipeline; null where its pictures are taken whole. */
  static @Nullable Cropping of(Pipeline pipeline, CameraConfig camera) {
    return camera.crop() == null
        ? null
        : new Cropping(pipeline.getElementByName("whole"), pipeline.getElementByName("crop"));
  }

  /**
   * Sets the part, before pictures of a new size come.
   *
   * @param area the part
   * @param pixelWidth width of a pixel in relation to {@code pixelHeight}
   * @param pixelHeight see {@code pixelWidth}
   */
  void apply(CropArea area, int pixelWidth, int pixelHeight) {
    Caps caps =
        Caps.fromString(
            String.format(
                "video/x-raw,format=(string)%s,width=(int)%d,height=(int)%d,"
                    + "pixel-aspect-ratio=(fraction)%d/%d",
                FORMATS,
                area.left() + area.width() + area.right(),
                area.top() + area.height() + area.bottom(),
                pixelWidth,
                pixelHeight));
    whole.set("caps", caps);
    caps.dispose();
    crop.set("left", area.left());
    crop.set("top", area.top());
    crop.set("right", area.right());
    crop.set("bottom", area.bottom());
  }

  @Override
  public void close() {
    whole.dispose();
    crop.dispose();
  }
}
