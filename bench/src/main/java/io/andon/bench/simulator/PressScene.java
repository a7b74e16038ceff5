package io.andon.bench.simulator;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A press with a cycle of {@value #CYCLE_SECONDS} seconds: a part slides in from the left, the ram
 * comes down, dwells and rises, the part slides out to the right.
 *
 * <p>Between sliding in and coming down, and between rising and sliding out, part and ram are the
 * same: there a stroke can be done again or left out without a picture that is new.
 */
final class PressScene implements Scene {
  private static final double CYCLE_SECONDS = 4;
  private static final int DIE_X = 320;
  private static final int TABLE_Y = 250;
  private static final int PART_Y = TABLE_Y - 34;
  private static final double STALL_PHASE = 0.40;
  private static final double BEFORE_STROKE = 0.265;
  private static final double AFTER_STROKE = 0.735;

  /** How much longer each cycle becomes, and where that ends. */
  private static final double SLOWER_EACH_CYCLE = 0.02;

  private static final double SLOWEST = 0.25;

  private final long seed;
  private final double jitter;
  private long cycle;
  private double phase;
  private double stallSeconds;
  private boolean stalled;
  private double now;
  private double ragUntil = Double.NEGATIVE_INFINITY;
  private @Nullable AnomalyKind asked;
  private double askedSeconds;
  private @Nullable AnomalyKind odd;
  private boolean strokeOdd;
  private double slowUntil = Double.NEGATIVE_INFINITY;
  private double slower;

  PressScene(long seed) {
    this(seed, LineSimulation.USUAL_JITTER);
  }

  /**
   * A press.
   *
   * @param jitter cycles are at most this share longer or shorter, 0..0.2
   */
  PressScene(long seed, double jitter) {
    this.seed = seed;
    this.jitter = jitter;
  }

  @Override
  public Set<AnomalyKind> anomalies() {
    return EnumSet.of(
        AnomalyKind.MISSING_PART,
        AnomalyKind.WRONG_COLOUR,
        AnomalyKind.FOREIGN_OBJECT,
        AnomalyKind.BROKEN_PART,
        AnomalyKind.OUT_OF_CYCLE,
        AnomalyKind.DOUBLE_CYCLE,
        AnomalyKind.SKIPPED_STEP,
        AnomalyKind.SLOW_CYCLE);
  }

  @Override
  public void inject(AnomalyKind kind, double seconds) {
    asked = kind;
    askedSeconds = seconds;
  }

  @Override
  public void advance(double nowSeconds, double elapsed) {
    now = nowSeconds;
    if (asked == AnomalyKind.FOREIGN_OBJECT) {
      ragUntil = now + askedSeconds;
      asked = null;
    }
    if (asked == AnomalyKind.OUT_OF_CYCLE && Math.abs(phase - STALL_PHASE) < 0.04) {
      stallSeconds = askedSeconds;
      asked = null;
    }
    stalled = stallSeconds > 0;
    if (stalled) {
      stallSeconds -= elapsed;
      return;
    }
    double before = phase;
    phase += elapsed / cycleSeconds();
    jumpWhereAsked(before);
    if (phase >= 1) {
      phase -= 1;
      beginCycle();
    }
  }

  private double cycleSeconds() {
    return CYCLE_SECONDS * (1 + slower) * (1 + jitter * SeededNoise.signed(seed, cycle));
  }

  /** Goes from one side of the stroke to the other, where the picture is the same on both. */
  private void jumpWhereAsked(double before) {
    if (before < AFTER_STROKE && phase >= AFTER_STROKE) {
      strokeOdd = false;
      if (asked == AnomalyKind.DOUBLE_CYCLE) {
        phase -= AFTER_STROKE - BEFORE_STROKE;
        strokeOdd = true;
        asked = null;
      }
    } else if (asked == AnomalyKind.SKIPPED_STEP
        && before < BEFORE_STROKE
        && phase >= BEFORE_STROKE) {
      phase += AFTER_STROKE - BEFORE_STROKE;
      strokeOdd = true;
      asked = null;
    }
  }

  private void beginCycle() {
    cycle++;
    odd = null;
    strokeOdd = false;
    if (asked == AnomalyKind.SLOW_CYCLE) {
      slowUntil = now + askedSeconds;
      asked = null;
    }
    slower = now < slowUntil ? Math.min(SLOWEST, slower + SLOWER_EACH_CYCLE) : 0;
    if (asked != null && !waitsForItsPhase(asked)) {
      odd = asked;
      asked = null;
    }
  }

  private static boolean waitsForItsPhase(AnomalyKind kind) {
    return kind == AnomalyKind.OUT_OF_CYCLE
        || kind == AnomalyKind.DOUBLE_CYCLE
        || kind == AnomalyKind.SKIPPED_STEP;
  }

  @Override
  public void drawBackground(Graphics2D g) {
    g.setPaint(
        new GradientPaint(0, 0, new Color(104, 108, 100), WIDTH, HEIGHT, new Color(72, 74, 70)));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(60, 70, 86));
    g.fillRect(DIE_X - 130, 0, 40, TABLE_Y);
    g.fillRect(DIE_X + 90, 0, 40, TABLE_Y);
    g.fillRect(DIE_X - 130, 0, 260, 46);
    g.setColor(new Color(128, 130, 126));
    g.fillRect(0, TABLE_Y, WIDTH, 26);
    g.setColor(new Color(84, 86, 84));
    g.fillRect(0, TABLE_Y + 26, WIDTH, HEIGHT);
    g.setColor(new Color(150, 122, 40));
    for (int x = 0; x < WIDTH; x += 40) {
      g.fillRect(x, TABLE_Y + 30, 20, 8);
    }
  }

  @Override
  public void draw(Graphics2D g) {
    drawPart(g);
    drawRam(g);
    drawLamp(g);
    if (now < ragUntil) {
      Paint.rag(g, 510, TABLE_Y - 16);
    }
  }

  private double partX() {
    if (phase < 0.25) {
      return DIE_X - 330 * (1 - smooth(phase / 0.25));
    }
    return phase < 0.75 ? DIE_X : DIE_X + 380 * smooth((phase - 0.75) / 0.25);
  }

  private void drawPart(Graphics2D g) {
    if (odd == AnomalyKind.MISSING_PART) {
      return;
    }
    boolean broken = odd == AnomalyKind.BROKEN_PART;
    Color colour = odd == AnomalyKind.WRONG_COLOUR ? Paint.ODD : Paint.BRASS;
    double jitter = 3 * SeededNoise.signed(seed + 1, cycle);
    Paint.bracket(g, partX() + jitter, PART_Y, broken ? 0.5 : 0, colour, broken);
  }

  private double ramDepth() {
    if (phase < 0.28 || phase > 0.72) {
      return 0;
    }
    if (phase < 0.45) {
      return smooth((phase - 0.28) / 0.17);
    }
    return phase < 0.55 ? 1 : 1 - smooth((phase - 0.55) / 0.17);
  }

  private void drawRam(Graphics2D g) {
    int bottom = 90 + (int) Math.round(98 * ramDepth());
    g.setColor(new Color(164, 168, 172));
    g.fillRect(DIE_X - 22, 46, 44, bottom - 40 - 46);
    g.setColor(new Color(120, 124, 130));
    g.fillRect(DIE_X - 64, bottom - 40, 128, 40);
    g.setColor(new Color(190, 160, 30));
    g.fillRect(DIE_X - 64, bottom - 8, 128, 8);
  }

  private void drawLamp(Graphics2D g) {
    g.setColor(ramDepth() > 0 ? new Color(230, 160, 40) : new Color(50, 170, 80));
    g.fillOval(DIE_X + 98, 60, 22, 22);
  }

  private static double smooth(double t) {
    double x = Math.max(0, Math.min(1, t));
    return x * x * (3 - 2 * x);
  }

  @Override
  public Optional<Box> visibleAnomaly() {
    if (now < ragUntil) {
      return Optional.of(new Box(460, TABLE_Y - 56, 100, 80));
    }
    if (stalled || strokeOdd || slower > 0) {
      return Optional.of(new Box(DIE_X - 64, 46, 128, TABLE_Y - 46));
    }
    if (odd != null && partX() > 0 && partX() < WIDTH) {
      int left = (int) Math.max(0, partX() - 42);
      return Optional.of(new Box(left, PART_Y - 42, Math.max(1, Math.min(84, WIDTH - left)), 84));
    }
    return Optional.empty();
  }

  @Override
  public boolean busy() {
    return asked != null
        || odd != null
        || strokeOdd
        || slower > 0
        || stallSeconds > 0
        || now < ragUntil;
  }
}
