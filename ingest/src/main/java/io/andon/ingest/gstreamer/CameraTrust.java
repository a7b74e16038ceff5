package io.andon.ingest.gstreamer;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.settings.CameraTls;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.glib.Natives;

/** Tells an RTSP source which certificates to believe. */
final class CameraTrust {
  /** {@code GTlsCertificateFlags}: everything, and a certificate that names another host. */
  private static final int EVERYTHING = 0x7f;

  private static final int OTHER_HOST = 1 << 1;

  private CameraTrust() {}

  /**
   * Sets a source before it connects. The file is read each time, so that a new one is picked up.
   *
   * @throws StreamEndedException if the file can't be used
   */
  static void apply(Element source, CameraTls tls) throws StreamEndedException {
    source.set("tls-validation-flags", tls.verifyHost() ? EVERYTHING : EVERYTHING & ~OTHER_HOST);
    if (tls.truststore() != null) {
      Pointer database = database(tls.truststore());
      GstNative.GObject.GOBJECT.g_object_set(
          Natives.getRawPointer(source), "tls-database", database);
      GstNative.GObject.GOBJECT.g_object_unref(database);
    }
  }

  private static Pointer database(String file) throws StreamEndedException {
    PointerByReference error = new PointerByReference();
    Pointer database = GstNative.Gio.GIO.g_tls_file_database_new(file, error);
    if (database == null) {
      GstNative.GLib.GLIB.g_error_free(error.getValue());
      throw new StreamEndedException(
          StopReason.PIPELINE, "tls.truststore " + file + " can't be read");
    }
    return database;
  }
}
