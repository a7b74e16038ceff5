package io.andon.bench.simulator;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong on a simulated line. */
public enum AnomalyKind {
  /** A place on the belt, or in the press, stays empty. */
  MISSING_PART,
  /** A part of a colour that the line never makes. */
  WRONG_COLOUR,
  /** A part of a shape and colour that the line never makes. */
  WRONG_PART,
  /** A tool or a rag that does not belong there. */
  FOREIGN_OBJECT,
  /** The belt stands still. */
  STOPPED_BELT,
  /** A part lies askew and has lost a piece. */
  BROKEN_PART,
  /** The machine stands still in the middle of its cycle. */
  OUT_OF_CYCLE,
  /** A step of the cycle is done twice on the same part; each picture by itself is normal. */
  DOUBLE_CYCLE,
  /** A step of the cycle is left out; each picture by itself is normal. */
  SKIPPED_STEP,
  /** The cycle takes longer and longer; each picture by itself is normal. */
  SLOW_CYCLE;

  /** Kinds that a person sees in a single picture or a short look: what the demo shows in turn. */
  public static final Set<AnomalyKind> AT_A_GLANCE =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(DOUBLE_CYCLE, SKIPPED_STEP, SLOW_CYCLE)));
}
