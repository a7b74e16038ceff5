package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What comes several times a minute is normal unless somebody says that it is a fault. */
class RecurringAlarmTest {
  private static final int MINUTE = 60 * FPS;
  private static final int MINUTES = 40;

  private final SyntheticLine line = new SyntheticLine(61, 6, 12, 8);
  private final CameraDetector detector = line.warmDetector(SnapshotTest.QUICK);

  @Test
  void visitsThatNobodyCallsFaultsEndToAlarm() {
    requireEnd(alarmsByMinute(visit -> {}));
  }

  @Test
  void visitsThatAnOperatorCallsNormalWhileTheyLastEndToAlarmNoLater() {
    requireEnd(alarmsByMinute(visit -> detector.accept(new Command.Normal("n" + visit, 0))));
  }

  private static void requireEnd(List<Integer> alarms) {
    assertThat(alarms.subList(0, 10)).as("the first minutes").allMatch(count -> count >= 2);
    assertThat(alarms.subList(MINUTES - 10, MINUTES)).as("the last ones").containsOnly(0);
  }

  @Test
  void faultsThatAnOperatorConfirmsGoOnToAlarm() {
    List<Integer> alarms =
        alarmsByMinute(visit -> detector.accept(new Command.Real("real-" + visit, 0)));

    assertThat(alarms).allMatch(count -> count >= 2);
  }

  @Test
  void faultsThatComeEveryFewMinutesGoOnToAlarm() {
    int alarms = 0;
    for (int visit = 0; visit < 12; visit++) {
      line.foreignObject(visit);
      alarms += incidents(3 * FPS, Anomaly.FOREIGN_OBJECT);
      alarms += incidents(3 * MINUTE, Anomaly.NONE);
    }

    assertThat(alarms).isEqualTo(12);
  }

  /** Something strange for three seconds, another each time, every twenty. */
  private List<Integer> alarmsByMinute(IntConsumer operator) {
    List<Integer> alarms = new ArrayList<>();
    int visit = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      int count = 0;
      for (int i = 0; i < 3; i++) {
        line.foreignObject(visit++);
        count += incidents(3 * FPS, Anomaly.FOREIGN_OBJECT);
        operator.accept(visit);
        count += incidents(17 * FPS, Anomaly.NONE);
      }
      alarms.add(count);
    }
    return alarms;
  }

  private int incidents(int frames, Anomaly anomaly) {
    int opened = 0;
    for (int i = 0; i < frames; i++) {
      for (IncidentChange change : detector.observe(line.next(anomaly)).incidents()) {
        opened += change.kind() == IncidentChange.Kind.OPENED ? 1 : 0;
      }
    }
    return opened;
  }
}
