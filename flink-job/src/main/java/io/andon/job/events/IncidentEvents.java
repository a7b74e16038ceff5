package io.andon.job.events;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.ClockSource;
import io.andon.contracts.IncidentEvent;
import io.andon.detection.CycleState;
import io.andon.detection.FrameStamp;
import io.andon.detection.HotBox;
import io.andon.detection.IncidentChange;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts an incident's steps into the contract's words. */
final class IncidentEvents {
  private IncidentEvents() {}

  static IncidentEvent of(
      String camera,
      ClockSource clock,
      IncidentChange change,
      Function<FrameStamp, CapturedFrame> frame) {
    FrameStamp nearest = change.nearestNormal();
    IncidentChange.CloseReason reason = change.closeReason();
    return new IncidentEvent(
        IncidentEvent.Kind.valueOf(change.kind().name()),
        change.id(),
        change.revision(),
        camera,
        frame.apply(change.first()),
        frame.apply(change.peak()),
        frame.apply(change.current()),
        nearest == null ? null : frame.apply(nearest),
        clock,
        change.peakScore(),
        change.pValue(),
        change.evidence(),
        change.budgetPerDay(),
        change.certified(),
        change.certifiedPerDay(),
        IncidentEvent.Channel.valueOf(change.channel().name()),
        change.boxes().stream().map(IncidentEvents::box).toList(),
        new IncidentEvent.Heat(
            change.heatMap().rows(), change.heatMap().columns(), change.heatMap().values()),
        change.space(),
        change.baselineVersion(),
        reason == null ? null : IncidentEvent.CloseReason.valueOf(reason.name()),
        change.explanation(),
        cycle(change.cycle()));
  }

  private static IncidentEvent.@Nullable Cycle cycle(@Nullable CycleState cycle) {
    return cycle == null
        ? null
        : new IncidentEvent.Cycle(cycle.usualSeconds(), cycle.currentSeconds(), cycle.phase());
  }

  private static IncidentEvent.Box box(HotBox box) {
    return new IncidentEvent.Box(box.x(), box.y(), box.width(), box.height(), box.score());
  }
}
