package io.andon.detection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frame with the highest score of an incident, and where in it. */
record Peak(
    FrameStamp stamp,
    double score,
    IncidentChange.Channel channel,
    List<HotBox> boxes,
    HeatMap heatMap,
    @Nullable FrameStamp nearestNormal,
    long baselineVersion,
    @Nullable CycleState cycle) {

  void write(SnapshotWriter out) {
    out.putStamp(stamp);
    out.putDouble(score);
    out.putInt(Channels.IN_ORDER.indexOf(channel));
    out.putInt(boxes.size());
    for (HotBox box : boxes) {
      out.putInt(box.x());
      out.putInt(box.y());
      out.putInt(box.width());
      out.putInt(box.height());
      out.putDouble(box.score());
    }
    out.putInt(heatMap.rows());
    out.putInt(heatMap.columns());
    out.putBytes(heatMap.values());
    out.putOptionalStamp(nearestNormal);
    out.putLong(baselineVersion);
    out.putBoolean(cycle != null);
    if (cycle != null) {
      out.putDouble(cycle.usualSeconds());
      out.putDouble(cycle.currentSeconds());
      out.putDouble(cycle.phase());
    }
  }

  static Peak read(SnapshotReader in) throws SnapshotException {
    FrameStamp stamp = in.takeStamp();
    double score = in.takeDouble();
    IncidentChange.Channel channel =
        Channels.IN_ORDER.get(in.takeInt("channel", 0, Channels.COUNT - 1));
    List<HotBox> boxes = new ArrayList<>();
    int count = in.takeInt("boxes", 0, HeatMapBuilder.MAX_BOXES);
    for (int i = 0; i < count; i++) {
      boxes.add(
          new HotBox(in.takeInt(), in.takeInt(), in.takeInt(), in.takeInt(), in.takeDouble()));
    }
    int rows = in.takeInt("heat rows", 1, 256);
    int columns = in.takeInt("heat columns", 1, 256);
    byte[] values = in.takeBytes("heat", rows * columns, rows * columns);
    return new Peak(
        stamp,
        score,
        channel,
        boxes,
        new HeatMap(rows, columns, values),
        in.takeOptionalStamp(),
        in.takeLong(),
        readCycle(in));
  }

  private static @Nullable CycleState readCycle(SnapshotReader in) throws SnapshotException {
    if (in.version() == SnapshotFormat.FIRST_VERSION || !in.takeBoolean()) {
      return null;
    }
    return new CycleState(in.takeDouble(), in.takeDouble(), in.takeDouble());
  }
}
