package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.testing.TestCameras;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.Version;
import org.freedesktop.gstreamer.glib.Natives;
import org.junit.jupiter.api.Test;

class FrameScalerIT {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aStreamWithImpossiblePixelsIsRefusedBeforeAPictureOfThatSizeIsMade() throws Exception {
    assertThat(sizeAndScaler("4/3").size()).isEqualTo(new FrameSize(384, 288));

    Scaled impossible = sizeAndScaler("10000/1");
    assertThat(impossible.size().width()).isLessThanOrEqualTo(64);
    assertThatThrownBy(impossible.scaler()::requireUsable)
        .isInstanceOf(StreamEndedException.class)
        .hasMessageContaining("with pixels of 10000:1");
  }

  @Test
  void theSizeIsSetInEachOfManyConnections() throws Exception {
    for (int connection = 0; connection < 150; connection++) {
      boolean wide = connection % 2 == 0;
      assertThat(sizeAndScaler(wide ? "4/3" : "1/1").size())
          .as("connection %d", connection)
          .isEqualTo(wide ? new FrameSize(384, 288) : new FrameSize(288, 288));
    }
  }

  private record Scaled(FrameSize size, FrameScaler scaler) {}

  private static Scaled sizeAndScaler(String pixelAspectRatio) throws Exception {
    // Else it takes signals that the JVM sends itself for faults of a plugin that it loads.
    GstNative.GST.gst_segtrap_set_enabled(false);
    Gst.init(Version.of(1, 20), "test");
    Pipeline pipeline =
        (Pipeline)
            Gst.parseLaunch(
                "videotestsrc num-buffers=3 ! video/x-raw,format=I420,width=288,height=288,"
                    + "pixel-aspect-ratio="
                    + pixelAspectRatio
                    + " ! identity name=before ! videoconvertscale add-borders=true"
                    + " ! capsfilter name=size caps=video/x-raw,format=I420"
                    + " ! appsink name=sink sync=false");
    Element before = pipeline.getElementByName("before");
    Element size = pipeline.getElementByName("size");
    Element sink = pipeline.getElementByName("sink");
    Pad pad = before.getStaticPad("sink");
    FrameScaler scaler = FrameScaler.attach(TestCameras.with(""), pad, null, size);
    pipeline.play();
    Pointer pulled =
        GstNative.App.APP.gst_app_sink_try_pull_sample(Natives.getRawPointer(sink), 60 * SECOND);
    assertThat(pulled).isNotNull();
    try (Sample sample = Natives.callerOwnsReturn(pulled, Sample.class);
        Caps caps = sample.getCaps()) {
      Structure structure = caps.getStructure(0);
      return new Scaled(
          new FrameSize(structure.getInteger("width"), structure.getInteger("height")), scaler);
    } finally {
      pipeline.stop();
      pipeline.dispose();
    }
  }
}
