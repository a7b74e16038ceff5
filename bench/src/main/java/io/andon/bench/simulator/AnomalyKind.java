package io.andon.bench.simulator;

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
  OUT_OF_CYCLE
}
