package io.andon.detection;

import java.util.ArrayList;
import java.util.List;

/** What one frame brings about, as it is gathered. */
final class FrameSteps {
  final List<IncidentChange> incidents = new ArrayList<>();
  final List<HealthChange> health = new ArrayList<>();
  final List<CommandApplied> commands = new ArrayList<>();
  double score;
  double pValue = 1;
}
