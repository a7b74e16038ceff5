package io.andon.bench.simulator.rtsp;

import static io.andon.bench.simulator.rtsp.RtspNatives.GObjectLibrary.GOBJECT;
import static io.andon.bench.simulator.rtsp.RtspNatives.GstLibrary.GST;
import static io.andon.bench.simulator.rtsp.RtspNatives.RtspServerLibrary.RTSP;

import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Leads a media's signals to the feed of its camera. The callbacks live as long as this class: a
 * media may outlive its server for a moment, and a call into a collected callback ends the JVM.
 */
final class MediaSignals {
  private static final Map<Long, CameraFeed> FEEDS = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong(1);
  private static final RtspNatives.MediaConfigured CONFIGURED = MediaSignals::configured;
  private static final RtspNatives.MediaUnprepared UNPREPARED = MediaSignals::unprepared;

  private MediaSignals() {}

  /**
   * From now on, each media of the factory is fed by the feed. Returns what {@link #forget} takes.
   */
  static long connect(Pointer factory, CameraFeed feed) {
    long id = NEXT.getAndIncrement();
    FEEDS.put(id, feed);
    GOBJECT.g_signal_connect_data(
        factory, "media-configure", CONFIGURED, Pointer.createConstant(id), null, 0);
    return id;
  }

  static void forget(long id) {
    FEEDS.remove(id);
  }

  private static void configured(Pointer factory, Pointer media, Pointer id) {
    CameraFeed feed = FEEDS.get(Pointer.nativeValue(id));
    if (feed == null) {
      return;
    }
    Pointer bin = RTSP.gst_rtsp_media_get_element(media);
    Pointer source = GST.gst_bin_get_by_name(bin, CameraFeed.SOURCE_NAME);
    GST.gst_object_unref(bin);
    if (source != null) {
      GOBJECT.g_signal_connect_data(media, "unprepared", UNPREPARED, id, null, 0);
      feed.attach(media, source);
    }
  }

  private static void unprepared(Pointer media, @Nullable Pointer id) {
    CameraFeed feed = id == null ? null : FEEDS.get(Pointer.nativeValue(id));
    if (feed != null) {
      feed.detach(media);
    }
  }
}
