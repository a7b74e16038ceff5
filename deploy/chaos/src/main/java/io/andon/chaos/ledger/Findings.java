package io.andon.chaos.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was wrong after a run, against an undisturbed job over the same recorded topic.
 *
 * @param frames frames on the topic
 * @param scored how many of them were scored
 * @param setAside how many were dead-lettered, by reason
 * @param lost frames and incident events that are missing
 * @param different incident events, scores and baselines that the undisturbed job has otherwise
 * @param contradictions two different records under one name
 * @param incidentEvents incident events that came, each counted once
 * @param redelivered incident events that came again, byte for byte the same
 * @param baselines archived baselines that were compared
 */
public record Findings(
    int frames,
    int scored,
    Map<String, Integer> setAside,
    List<String> lost,
    List<String> different,
    List<String> contradictions,
    int incidentEvents,
    int redelivered,
    int baselines) {

  /**
   * Compares.
   *
   * @param recorded all that is on the frames topic
   * @param disturbed what the disturbed job wrote
   * @param calm what the undisturbed one wrote
   * @param archive baselines of the disturbed one
   * @param calmArchive baselines of the undisturbed one
   */
  public static Findings of(
      List<RecordedFrame> recorded,
      Ledger disturbed,
      Ledger calm,
      Map<String, String> archive,
      Map<String, String> calmArchive) {
    List<String> lost = new ArrayList<>();
    List<String> different = new ArrayList<>();
    Map<String, Integer> setAside = new TreeMap<>();
    int scored = frames(recorded, disturbed, calm, setAside, lost, different);
    incidents(disturbed, calm, lost, different);
    int baselines = baselines(archive, calmArchive, lost, different);
    return new Findings(
        recorded.size(),
        scored,
        setAside,
        lost,
        different,
        disturbed.contradictions(),
        disturbed.incidents().size(),
        disturbed.redelivered(),
        baselines);
  }

  /** The same with what was found besides. */
  public Findings with(List<String> allLost, Map<String, Integer> allSetAside) {
    return new Findings(
        frames,
        scored,
        allSetAside,
        allLost,
        different,
        contradictions,
        incidentEvents,
        redelivered,
        baselines);
  }

  private static int frames(
      List<RecordedFrame> recorded,
      Ledger disturbed,
      Ledger calm,
      Map<String, Integer> setAside,
      List<String> lost,
      List<String> different) {
    Map<FrameKey, String> scores = disturbed.scores();
    Map<FrameKey, String> expected = calm.scores();
    int scored = 0;
    for (RecordedFrame frame : recorded) {
      String score = scores.get(frame.key());
      String reason = disturbed.deadLetter(frame);
      if (score != null) {
        scored++;
        if (!score.equals(expected.get(frame.key()))) {
          different.add("score of " + frame.key() + ": " + score);
        }
      } else if (!reason.isEmpty()) {
        setAside.merge(reason, 1, Integer::sum);
      } else {
        lost.add("frame " + frame.key());
      }
    }
    return scored;
  }

  /** An incident of a camera that fell silent is closed by the wall clock: that is not compared. */
  private static void incidents(
      Ledger disturbed, Ledger calm, List<String> lost, List<String> different) {
    Map<String, Ledger.IncidentLine> seen = disturbed.incidents();
    Map<String, Ledger.IncidentLine> expected = calm.incidents();
    expected.forEach(
        (id, line) -> {
          if (!seen.containsKey(id) && !line.isSilence()) {
            lost.add("incident event " + id + ": " + line);
          } else if (seen.containsKey(id) && !line.equals(seen.get(id))) {
            different.add("incident event " + id + ": " + seen.get(id) + " for " + line);
          }
        });
    seen.forEach(
        (id, line) -> {
          if (!expected.containsKey(id) && !line.isSilence()) {
            different.add("incident event " + id + " of nothing: " + line);
          }
        });
  }

  /**
   * A process that is killed loses the snapshots that waited to be written, so some may be missing;
   * each camera's newest may not, and none may differ.
   */
  private static int baselines(
      Map<String, String> archive,
      Map<String, String> calm,
      List<String> lost,
      List<String> different) {
    int compared = 0;
    Map<String, String> newest = new TreeMap<>();
    for (Map.Entry<String, String> expected : calm.entrySet()) {
      newest.put(camera(expected.getKey()), expected.getKey());
      String digest = archive.get(expected.getKey());
      if (digest != null) {
        compared++;
        if (!digest.equals(expected.getValue())) {
          different.add("baseline " + expected.getKey());
        }
      }
    }
    for (String last : newest.values()) {
      if (!archive.containsKey(last)) {
        lost.add("baseline " + last + ", the camera's newest");
      }
    }
    return compared;
  }

  private static String camera(String snapshot) {
    return snapshot.substring(0, snapshot.indexOf('/'));
  }
}
