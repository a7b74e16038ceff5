package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import io.andon.ingest.camera.IntegrityTrack;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Version;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateProbeIT {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  @ParameterizedTest(name = "{0} frames/s stated")
  @ValueSource(strings = {"25/1", "0/1"})
  void aRateIsKeptWhateverRateTheStreamStates(String stated) {
    // Else it takes signals that the JVM sends itself for faults of a plugin that it loads.
    GstNative.GST.gst_segtrap_set_enabled(false);
    Gst.init(Version.of(1, 20), "test");
    Pipeline pipeline =
        (Pipeline)
            Gst.parseLaunch(
                "videotestsrc num-buffers=250 ! video/x-raw,width=32,height=32,framerate=25/1"
                    + " ! capssetter caps=video/x-raw,framerate="
                    + stated
                    + " ! identity name=before ! appsink name=sink sync=false");
    Element before = pipeline.getElementByName("before");
    Element sink = pipeline.getElementByName("sink");
    Pad pad = before.getStaticPad("sink");
    RateProbe rate = RateProbe.attach(10, new IntegrityTrack(), pad);
    System.gc(); // what GStreamer calls must outlive it
    pipeline.play();
    int pictures = 0;
    for (Pointer sample = pull(sink); sample != null; sample = pull(sink)) {
      pictures++;
      GstNative.GST.gst_mini_object_unref(sample);
    }
    pipeline.stop();
    rate.requireWorking();
    rate.close();

    assertThat(pictures).as("of 10 s").isBetween(100, 103);
  }

  private static @Nullable Pointer pull(Element sink) {
    return GstNative.App.APP.gst_app_sink_try_pull_sample(
        Natives.getRawPointer(sink), PATIENCE_NANOS);
  }
}
