package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Version;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SenderClockIT {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void packetsPassHoweverLongTheFirstOneWasWaitedFor() {
    // Else it takes signals that the JVM sends itself for faults of a plugin that it loads.
    GstNative.GST.gst_segtrap_set_enabled(false);
    Gst.init(Version.of(1, 20), "test");
    Pipeline pipeline =
        (Pipeline)
            Gst.parseLaunch(
                "fakesrc num-buffers=3 sizetype=fixed sizemax=8 ! identity name=rtp"
                    + " ! appsink name=sink sync=false");
    Element rtp = pipeline.getElementByName("rtp");
    Element sink = pipeline.getElementByName("sink");
    Pad pad = rtp.getStaticPad("sink");
    SenderClock clock = new SenderClock(pad, 0);
    for (int second = 0; second < 5; second++) {
      clock.refresh(second * SECOND);
    }
    System.gc();
    pipeline.play();
    int packets = 0;
    Pointer sample = pull(sink);
    while (sample != null) {
      packets++;
      GstNative.GST.gst_mini_object_unref(sample);
      sample = pull(sink);
    }
    pipeline.stop();
    assertThat(packets).isEqualTo(3);
    assertThat(clock.micros(0)).isEmpty();
  }

  private static @Nullable Pointer pull(Element sink) {
    return GstNative.App.APP.gst_app_sink_try_pull_sample(Natives.getRawPointer(sink), SECOND);
  }
}
