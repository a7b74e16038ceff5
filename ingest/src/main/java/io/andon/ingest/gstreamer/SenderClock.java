package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Pointer;
import java.util.OptionalLong;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.PadProbeReturn;
import org.freedesktop.gstreamer.PadProbeType;
import org.freedesktop.gstreamer.glib.Natives;

/**
 * Learns how the camera's own clock relates to the pipeline's timestamps. RTCP sender reports give
 * RTP packets an NTP time ({@code GstReferenceTimestampMeta}), which 1.22's depayloaders lose, so
 * one packet is looked at now and then by a probe that removes itself. The offset between both
 * clocks then dates every picture.
 */
final class SenderClock {
  private static final long NTP_TO_UNIX_NANOS = 2_208_988_800L * 1_000_000_000L;
  // GstReferenceTimestampMeta: flags 0, info 8, reference 16, timestamp 24, duration 32.
  private static final int TIMESTAMP_OFFSET = 24;
  private static final long SEARCH_NANOS = 500_000_000L;
  private static final long REFRESH_NANOS = 5_000_000_000L;
  private static final long UNKNOWN = Long.MIN_VALUE;
  // Lives as long as the process: one small caps object.
  private static final Pointer NTP = GST.gst_caps_from_string("timestamp/x-ntp");

  private final Pad rtp;
  private final Pad.PROBE look;
  private volatile long unixMinusPtsNanos = UNKNOWN;
  private volatile boolean looking;
  private long nextLookNanos;

  /**
   * Reads the clock from RTP packets.
   *
   * @param rtp pad that RTP packets pass
   * @param nowNanos monotonic time
   */
  SenderClock(Pad rtp, long nowNanos) {
    this.rtp = rtp;
    this.nextLookNanos = nowNanos;
    this.look =
        (pad, info) -> {
          read(info.getBuffer());
          looking = false;
          return PadProbeReturn.REMOVE;
        };
  }

  /**
   * Looks at a packet again when it is time to; called by the pull thread. There is one look at a
   * time: the binding keeps only the newest callback of a probe, and a packet that met a collected
   * one would be dropped, or crash the process.
   */
  void refresh(long nowNanos) {
    if (looking) {
      nextLookNanos = nowNanos + SEARCH_NANOS;
    } else if (nowNanos - nextLookNanos >= 0) {
      nextLookNanos = nowNanos + (unixMinusPtsNanos == UNKNOWN ? SEARCH_NANOS : REFRESH_NANOS);
      looking = true;
      rtp.addProbe(PadProbeType.BUFFER, look);
    }
  }

  /**
   * The camera's time of a picture.
   *
   * @param ptsNanos the picture's timestamp
   * @return microseconds since the epoch; empty before the first sender report
   */
  OptionalLong micros(long ptsNanos) {
    long offset = unixMinusPtsNanos;
    return offset == UNKNOWN ? OptionalLong.empty() : OptionalLong.of((offset + ptsNanos) / 1000);
  }

  private void read(Buffer packet) {
    Pointer meta = GST.gst_buffer_get_reference_timestamp_meta(Natives.getRawPointer(packet), NTP);
    long pts = packet.getPresentationTimestamp();
    if (meta != null && pts >= 0) {
      unixMinusPtsNanos = meta.getLong(TIMESTAMP_OFFSET) - NTP_TO_UNIX_NANOS - pts;
    }
  }
}
