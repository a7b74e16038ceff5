package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.DataProblem;
import io.andon.bench.evaluate.data.LabelledSet;
import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.VideoSet;
import io.andon.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures one set after the other. A set that fails is told, and takes no other set's figures with
 * it.
 */
final class SetRuns {
  private final EvaluateOptions options;
  private final PrintStream errors;
  private final List<Figures> figures = new ArrayList<>();
  private boolean failed;
  private boolean unusable;

  /**
   * @param errors takes a line for each set that fails
   */
  SetRuns(EvaluateOptions options, PrintStream errors) {
    this.options = options;
    this.errors = errors;
  }

  /** Measures sets. */
  void measure(List<LabelledSet> sets, Embedding embedding) {
    for (LabelledSet set : sets) {
      if (set instanceof VideoSet videos) {
        measure(videos, embedding);
      } else if (set instanceof StillSet stills) {
        measure(stills, embedding);
      } else {
        throw new IllegalStateException("there are videos and pictures only");
      }
    }
  }

  private void measure(VideoSet set, Embedding embedding) {
    List<Disturbance> disturbances = new ArrayList<>(List.of(Disturbance.NONE));
    disturbances.addAll(options.disturbances());
    for (Disturbance disturbance : disturbances) {
      boolean measured =
          attempt(
              disturbance.titled(set.name()),
              () ->
                  new VideoEvaluation(embedding, options, options.progress(), disturbance)
                      .run(set).stream().toList());
      if (!measured && disturbance == Disturbance.NONE) {
        // What it lacks as it is, it lacks under every disturbance.
        return;
      }
    }
  }

  private void measure(StillSet set, Embedding embedding) {
    if (!options.disturbances().isEmpty()) {
      options.progress().note(set.name() + ": pictures are not disturbed, only videos are");
    }
    attempt(set.name(), () -> new StillEvaluation(embedding, options, options.progress()).run(set));
  }

  /** Measures something. */
  private interface Measurement {
    List<Figures> figures() throws IOException, DataProblem, ConfigException;
  }

  /**
   * Adds the figures of a measurement, or tells why there are none.
   *
   * @param title what is measured, for people
   * @return whether there are any
   */
  private boolean attempt(String title, Measurement measurement) {
    try {
      List<Figures> measured = measurement.figures();
      figures.addAll(measured);
      return !measured.isEmpty();
    } catch (DataProblem | ConfigException e) {
      unusable = true;
      tell(title, e);
    } catch (IOException | RuntimeException e) {
      // The JDK's picture readers throw whatever damaged bytes lead to.
      failed = true;
      tell(title, e);
    }
    return false;
  }

  private void tell(String title, Exception problem) {
    errors.println("evaluate: " + title + " could not be measured: " + said(problem));
  }

  private static String said(Exception problem) {
    boolean told = problem instanceof DataProblem || problem instanceof ConfigException;
    return told ? String.valueOf(problem.getMessage()) : problem.toString();
  }

  /** What was measured, in the order of the sets. */
  List<Figures> figures() {
    return List.copyOf(figures);
  }

  /** 0 if every set was measured or told to be left out, else as {@link EvaluateCommand} says. */
  int exitStatus() {
    if (failed) {
      return EvaluateCommand.FAILED;
    }
    if (figures.isEmpty()) {
      return EvaluateCommand.UNUSABLE;
    }
    return unusable ? EvaluateCommand.FAILED : 0;
  }
}
