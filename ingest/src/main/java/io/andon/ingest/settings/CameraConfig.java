package io.andon.ingest.settings;

import org.jspecify.annotations.Nullable;

/**
 * One camera; ranges and defaults stand in {@code ingest.schema.json}.
 *
 * @param id camera id, key of its frames
 * @param url RTSP address without user and password; its path and query may be secret, so show
 *     {@link CameraAddress#shown} instead
 * @param credentials log-in; null where the camera asks for none
 * @param tls how a camera at {@code rtsps://} is known; null for this machine's authorities
 * @param fps most frames a second
 * @param shortSide short side of the frames, pixels; unused where width and height are given
 * @param width exact width in pixels, or null
 * @param height exact height in pixels, or null
 * @param crop the part of the picture that is sent; null for the whole one
 * @param jpegQuality JPEG quality, percent
 * @param latencyMillis size of the jitter buffer
 * @param transport how pictures travel
 * @param decoder {@code auto} or the name of a GStreamer element
 * @param firstFrameMillis longest time from connecting to the first frame
 * @param stallMillis longest time without a frame, and longest lag of one
 * @param reconnectMinMillis first wait before a new connection
 * @param reconnectMaxMillis longest wait before a new connection
 * @param unauthorizedWaitMillis wait before a new connection where the password was refused
 * @param clockBoundMillis how far the camera's clock may be from arrival; ahead of it never more
 *     than 4 s
 * @param queueFrames frames that may wait to be sent
 * @param gate whether pictures that show nothing new are sent
 */
public record CameraConfig(
    String id,
    String url,
    @Nullable Credentials credentials,
    @Nullable CameraTls tls,
    int fps,
    int shortSide,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable CropConfig crop,
    int jpegQuality,
    int latencyMillis,
    Transport transport,
    String decoder,
    int firstFrameMillis,
    int stallMillis,
    int reconnectMinMillis,
    int reconnectMaxMillis,
    int unauthorizedWaitMillis,
    int clockBoundMillis,
    int queueFrames,
    GateConfig gate) {
  /** A short side at which no common aspect ratio makes a picture too large. */
  private static final int LARGE = 1080;

  /** The same camera with its pictures whole, about as large as they come, and without a gate. */
  public CameraConfig whole() {
    return new CameraConfig(
        id,
        url,
        credentials,
        tls,
        fps,
        LARGE,
        null,
        null,
        null,
        100,
        latencyMillis,
        transport,
        decoder,
        firstFrameMillis,
        stallMillis,
        reconnectMinMillis,
        reconnectMaxMillis,
        unauthorizedWaitMillis,
        clockBoundMillis,
        queueFrames,
        new GateConfig(GateProfile.OFF, gate.maxStaleMillis()));
  }

  @Override
  public String toString() {
    return "CameraConfig[" + id + ", " + CameraAddress.shown(url) + "]";
  }
}
