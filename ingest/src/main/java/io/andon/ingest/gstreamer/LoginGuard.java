package io.andon.ingest.gstreamer;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.andon.ingest.gstreamer.GstNative.GObject;
import io.andon.ingest.gstreamer.GstNative.Rtsp;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.glib.Natives;

/**
 * Keeps {@code rtspsrc} from trying a wrong password eight times a connection, at which many
 * cameras lock. A request is sent without a login first, and with one when the camera asks for it,
 * and a third time because a camera may close the connection behind its question, by which the
 * login was lost. It is not sent a fourth time, so that a refusal stands. Once a stream has been
 * set up requests repeat for other reasons, and nothing is held back. Nor is a camera that sends
 * elsewhere followed without end.
 */
final class LoginGuard implements AutoCloseable {
  /** {@code GstRTSPMethod}: those that come before a stream is set up. */
  private static final int DESCRIBE = 1;

  private static final int OPTIONS = 1 << 3;

  private static final int MOST_SENT = 3;

  /** A camera that sends elsewhere without end is asked as fast as it answers. */
  private static final int MOST_DESCRIBE = 16;

  private final Pointer source;
  // GStreamer knows only its address: this reference is what keeps it.
  private final GObject.BeforeSend callback = (sender, message, data) -> maySend(message);
  private final NativeLong id;
  private int lastMethod;
  private String lastAddress = "";
  private int sent;
  private int described;

  private LoginGuard(Element rtspsrc) {
    source = Natives.getRawPointer(rtspsrc);
    Native.setCallbackThreadInitializer(callback, PadWatch.STAY_ATTACHED);
    id = GObject.GOBJECT.g_signal_connect_data(source, "before-send", callback, null, null, 0);
  }

  /** Guards a source, which lives longer than this. */
  static LoginGuard guard(Element rtspsrc) {
    return new LoginGuard(rtspsrc);
  }

  private boolean maySend(Pointer message) {
    IntByReference method = new IntByReference();
    PointerByReference address = new PointerByReference();
    PointerByReference version = new PointerByReference();
    if (Rtsp.RTSP.gst_rtsp_message_parse_request(message, method, address, version) != 0
        || (method.getValue() != DESCRIBE && method.getValue() != OPTIONS)) {
      sent = 0;
      return true;
    }
    described += method.getValue() == DESCRIBE ? 1 : 0;
    String to = address.getValue().getString(0);
    sent = method.getValue() == lastMethod && to.equals(lastAddress) ? sent + 1 : 1;
    lastMethod = method.getValue();
    lastAddress = to;
    return sent <= MOST_SENT && described <= MOST_DESCRIBE;
  }

  @Override
  public void close() {
    GObject.GOBJECT.g_signal_handler_disconnect(source, id);
  }
}
