package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Pointer;
import io.andon.config.Secret;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.Integrity;
import io.andon.ingest.camera.IntegrityTrack;
import io.andon.ingest.camera.Picture;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Transport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.freedesktop.gstreamer.Bin;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.StateChangeReturn;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/** One connection to one camera: a pipeline of its own, used by one pull thread. */
final class RtspStream implements CameraStream {
  private static final long CONNECT_TIMEOUT_MICROS = 5_000_000L;

  /** Longest that UDP is waited for before TCP is tried. */
  private static final long UDP_TIMEOUT_MICROS = 5_000_000L;

  private final Pipeline pipeline;
  private final Element source;
  private final Element rtp;
  private final Element before;
  private final @Nullable Cropping cropping;
  private final Element size;
  private final Element sink;
  private final Pad rtpPad;
  private final Pad beforePad;
  private final Pointer pipelinePointer;
  private final Pointer sinkPointer;
  private final BusReader bus;
  private final SenderClock senderClock;
  private final @Nullable PixelSink pixels;

  private final LoginGuard login;
  private final FirstVideo video;
  private final IntegrityTrack track = new IntegrityTrack();
  private final CodedPictures coded = new CodedPictures(track);
  private final RateProbe rate;
  private final FrameScaler scaler;

  private final Bin.ELEMENT_ADDED added = (bin, element) -> added(element);
  private final InstantSource clock;
  private final String url;
  private final String decoder;
  private boolean hadPicture;

  private RtspStream(
      CameraConfig camera, Pipeline pipeline, Redaction redaction, InstantSource clock) {
    this.pipeline = pipeline;
    this.clock = clock;
    this.url = camera.url();
    this.decoder = camera.decoder();
    source = pipeline.getElementByName("src");
    rtp = pipeline.getElementByName("rtp");
    before = pipeline.getElementByName("before");
    cropping = Cropping.of(pipeline, camera);
    size = pipeline.getElementByName("size");
    sink = pipeline.getElementByName("sink");
    rtpPad = rtp.getStaticPad("sink");
    beforePad = before.getStaticPad("sink");
    pipelinePointer = Natives.getRawPointer(pipeline);
    sinkPointer = Natives.getRawPointer(sink);
    pixels = PixelSink.of(pipeline, camera);
    bus = new BusReader(pipeline, redaction);
    senderClock = new SenderClock(rtpPad, System.nanoTime());
    login = LoginGuard.guard(source);
    video = FirstVideo.of(source, PipelineText.encodingName(camera.decoder()));
    rate = RateProbe.attach(camera.fps(), track, beforePad);
    scaler = FrameScaler.attach(camera, beforePad, cropping, size);
    Element decoding = pipeline.getElementByName("decoder");
    if (decoding instanceof Bin bin) {
      bin.connect(added);
    }
    added(decoding);
  }

  /**
   * Builds the pipeline and starts to connect.
   *
   * @param camera its configuration
   * @param password the camera's password, or null
   * @param clock wall clock
   * @throws StreamEndedException if the pipeline can't be built or started
   */
  static RtspStream open(CameraConfig camera, @Nullable Secret password, InstantSource clock)
      throws StreamEndedException {
    Redaction redaction = new Redaction(camera.url(), password);
    Pipeline pipeline;
    try {
      pipeline = (Pipeline) Gst.parseLaunch(PipelineText.of(camera));
    } catch (GstException e) {
      throw new StreamEndedException(StopReason.PIPELINE, redaction.apply(e.toString()));
    }
    RtspStream stream = new RtspStream(camera, pipeline, redaction, clock);
    try {
      stream.configure(camera, password);
    } catch (StreamEndedException | RuntimeException e) {
      stream.close();
      throw e;
    }
    if (pipeline.play() == StateChangeReturn.FAILURE) {
      StreamEndedException failure = stream.startFailure();
      stream.close();
      throw failure;
    }
    return stream;
  }

  private void configure(CameraConfig camera, @Nullable Secret password)
      throws StreamEndedException {
    if (camera.tls() != null) {
      CameraTrust.apply(source, camera.tls());
    }
    source.set("location", camera.url());
    source.set("protocols", protocols(camera));
    source.set("latency", camera.latencyMillis());
    source.set("tcp-timeout", CONNECT_TIMEOUT_MICROS);
    source.set("timeout", udpTimeoutMicros(camera));
    source.set("add-reference-timestamp-meta", true);
    if (camera.credentials() != null && password != null) {
      source.set("user-id", camera.credentials().user());
      source.set("user-pw", password.reveal());
    }
  }

  /**
   * How long packets are waited for: TCP has to have its turn before the connection is given up.
   */
  private static long udpTimeoutMicros(CameraConfig camera) {
    return camera.transport() == Transport.AUTO
        ? Math.min(UDP_TIMEOUT_MICROS, camera.firstFrameMillis() * 1_000L / 2)
        : UDP_TIMEOUT_MICROS;
  }

  /** {@code GstRTSPLowerTrans}: 1 UDP, 2 multicast, 4 TCP. */
  private static int protocols(CameraConfig camera) {
    return switch (camera.transport()) {
      case TCP -> 4;
      case UDP -> 1;
      case AUTO -> 7;
    };
  }

  private void added(Element element) {
    limitThreads(element);
    coded.follow(element);
  }

  private static void limitThreads(Element decoder) {
    if (decoder.getName().startsWith("avdec_") || hasThreads(decoder)) {
      decoder.set("max-threads", 1);
    }
  }

  private static boolean hasThreads(Element decoder) {
    return decoder.listPropertyNames().contains("max-threads");
  }

  private StreamEndedException startFailure() {
    try {
      poll();
    } catch (StreamEndedException e) {
      return e;
    }
    return new StreamEndedException(StopReason.PIPELINE, "the pipeline did not start");
  }

  @Override
  public @Nullable Picture next(long timeoutMillis) throws StreamEndedException {
    poll();
    senderClock.refresh(System.nanoTime());
    Pointer pulled =
        GstNative.App.APP.gst_app_sink_try_pull_sample(sinkPointer, timeoutMillis * 1_000_000L);
    rate.requireWorking();
    coded.requireWorking();
    if (pulled == null) {
      scaler.requireUsable();
      return null;
    }
    try (Sample sample = Natives.callerOwnsReturn(pulled, Sample.class)) {
      scaler.requireUsable();
      hadPicture = true;
      return picture(sample);
    }
  }

  private void poll() throws StreamEndedException {
    try {
      bus.poll();
    } catch (StreamEndedException e) {
      throw e.reason() == StopReason.UNREACHABLE ? broken(e) : unlinked(e);
    }
  }

  /**
   * All that GStreamer says where no decoder takes what comes, or nothing of it is video. A camera
   * that gave pictures sends video: it has begun a stream of another kind or source.
   */
  private StreamEndedException unlinked(StreamEndedException end) {
    boolean asks = video.isMissing() || end.detail().contains("not-linked");
    if (hadPicture || !asks) {
      return end;
    }
    String wanted = decoder.equals("auto") ? "video" : "what decoder " + decoder + " decodes";
    return new StreamEndedException(
        end.reason(), end.detail() + " Does the camera send " + wanted + "?");
  }

  /**
   * rtspsrc fails to read alike where nobody answers and where a stream is cut. A camera that gave
   * pictures could be reached: it comes and goes, which calls for other help than one that is away.
   */
  private StreamEndedException broken(StreamEndedException end) {
    return hadPicture
        ? new StreamEndedException(StopReason.END_OF_STREAM, end.detail())
        : new StreamEndedException(end.reason(), end.detail() + " " + TcpProbe.of(url));
  }

  private Picture picture(Sample sample) {
    int width;
    int height;
    try (Caps caps = sample.getCaps()) {
      Structure structure = caps.getStructure(0);
      width = structure.getInteger("width");
      height = structure.getInteger("height");
    }
    try (Buffer buffer = sample.getBuffer()) {
      long pts = buffer.getPresentationTimestamp();
      return new Picture(
          bytes(buffer),
          width,
          height,
          arrivalMicros(pts),
          pts < 0 ? OptionalLong.empty() : senderClock.micros(pts),
          integrity(pts),
          pixels == null ? null : pixels.at(pts));
    }
  }

  private Integrity integrity(long pts) {
    boolean complained = bus.takeDamaged();
    Integrity seen = track.of(pts);
    return complained && seen == Integrity.WHOLE ? Integrity.DAMAGED : seen;
  }

  private static byte[] bytes(Buffer buffer) {
    ByteBuffer mapped = buffer.map(false);
    try {
      byte[] copy = new byte[mapped.remaining()];
      mapped.get(copy);
      return copy;
    } finally {
      buffer.unmap();
    }
  }

  /** Wall-clock time at which the picture's first packet came in, before decoding. */
  private long arrivalMicros(long pts) {
    Instant now = clock.instant();
    long nowMicros = now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
    long running = GST.gst_element_get_current_running_time(pipelinePointer);
    if (pts < 0 || running < 0 || pts > running) {
      return nowMicros;
    }
    return nowMicros - (running - pts) / 1000;
  }

  @Override
  public void close() {
    pipeline.stop();
    bus.close();
    rate.close();
    coded.close();
    login.close();
    video.close();
    scaler.close();
    rtpPad.dispose();
    beforePad.dispose();
    rtp.dispose();
    before.dispose();
    if (cropping != null) {
      cropping.close();
    }
    size.dispose();
    if (pixels != null) {
      pixels.close();
    }
    sink.dispose();
    source.dispose();
    pipeline.dispose();
  }
}
