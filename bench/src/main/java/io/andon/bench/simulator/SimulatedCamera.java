package io.andon.bench.simulator;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A camera over one station: draws it and records what could be seen when. */
final class SimulatedCamera implements PictureSource {
  /** One anomaly to bring about. */
  record Planned(long atMicros, AnomalyKind kind, double seconds) {}

  private static final long LONGEST_STEP_MICROS = 1_000_000;

  private final String camera;
  private final Scene scene;
  private final Ambience ambience;
  private final Consumer<Injection> truth;
  private final BufferedImage background = image();
  private final BufferedImage canvas = image();
  private final Queue<Planned> plan = new ArrayDeque<>();
  private final List<Injection> shown = new ArrayList<>();
  private long startMicros = Long.MIN_VALUE;
  private long lastMicros;
  private @Nullable AnomalyKind injected;
  private @Nullable Injection visible;

  SimulatedCamera(String camera, Scene scene, long seed, Consumer<Injection> truth) {
    this.camera = camera;
    this.scene = scene;
    this.truth = truth;
    this.ambience = new Ambience(seed, Scene.WIDTH * Scene.HEIGHT);
    Graphics2D g = graphics(background);
    scene.drawBackground(g);
    g.dispose();
  }

  private static BufferedImage image() {
    return new BufferedImage(Scene.WIDTH, Scene.HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return g;
  }

  Scene scene() {
    return scene;
  }

  /** Adds to the plan; in the order of time. */
  synchronized void plan(Planned planned) {
    plan.add(planned);
  }

  /** What was shown so far. */
  synchronized List<Injection> shown() {
    return List.copyOf(shown);
  }

  @Override
  public String camera() {
    return camera;
  }

  @Override
  public int width() {
    return Scene.WIDTH;
  }

  @Override
  public int height() {
    return Scene.HEIGHT;
  }

  @Override
  public synchronized void render(long epochMicros, byte[] rgb) {
    if (startMicros == Long.MIN_VALUE) {
      startMicros = epochMicros;
      lastMicros = epochMicros;
    }
    // A pause in which nobody watched is no jump of the belt.
    long step = Math.max(0, Math.min(LONGEST_STEP_MICROS, epochMicros - lastMicros));
    lastMicros = epochMicros;
    double now = (epochMicros - startMicros) / 1e6;
    injectWhatIsDue(epochMicros);
    scene.advance(now, step / 1e6);
    Graphics2D g = graphics(canvas);
    g.drawImage(background, 0, 0, null);
    scene.draw(g);
    if (scene.isWalkedPast()) {
      ambience.drawShadow(g, now);
    }
    g.dispose();
    copy(rgb);
    ambience.finish(rgb, now);
    recordTruth(epochMicros);
  }

  private void injectWhatIsDue(long epochMicros) {
    Planned next = plan.peek();
    if (next != null && epochMicros >= next.atMicros() && !scene.busy()) {
      plan.remove();
      injected = next.kind();
      scene.inject(next.kind(), next.seconds());
    }
  }

  private void recordTruth(long epochMicros) {
    Optional<Box> box = scene.visibleAnomaly();
    Injection current = visible;
    if (current == null && box.isPresent() && injected != null) {
      String id = camera + "-" + (shown.size() + 1);
      Injection begun =
          new Injection(id, camera, injected, epochMicros, OptionalLong.empty(), box.get());
      visible = begun;
      shown.add(begun);
      truth.accept(begun);
    } else if (current != null && box.isEmpty()) {
      Injection ended = current.endedAt(epochMicros);
      visible = null;
      shown.set(shown.size() - 1, ended);
      truth.accept(ended);
    }
  }

  private void copy(byte[] rgb) {
    byte[] bgr = ((DataBufferByte) canvas.getRaster().getDataBuffer()).getData();
    if (rgb.length != bgr.length) {
      throw new IllegalArgumentException(
          "rgb has " + rgb.length + " bytes; the picture takes " + bgr.length);
    }
    for (int i = 0; i < bgr.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
  }
}
