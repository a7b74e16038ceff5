package io.andon.detection;

import java.util.ArrayList;
import java.util.List;

/** What one frame brings about, as it is gathered. */
final class FrameSteps {
  /** Whether the frame's picture is the last one again. */
  final boolean again;

  final List<IncidentChange> incidents = new ArrayList<>();
  final List<HealthChange> health = new ArrayList<>();
  final List<CommandApplied> commands = new ArrayList<>();

  /** The frame is of another embedding space than the baseline was. */
  boolean modelChanged;

  /** Cells that an operator forbade in the incident that a command closes; empty if none. */
  boolean[] forbidden = new boolean[0];

  double score;
  double pValue = 1;

  FrameSteps(boolean again) {
    this.again = again;
  }
}
