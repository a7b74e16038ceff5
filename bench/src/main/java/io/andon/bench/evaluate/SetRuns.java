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
      try {
        figures.addAll(measure(set, embedding));
      } catch (DataProblem | ConfigException e) {
        unusable = true;
        tell(set, e);
      } catch (IOException | RuntimeException e) {
        // The JDK's picture readers throw whatever damaged bytes lead to.
        failed = true;
        tell(set, e);
      }
    }
  }

  private List<Figures> measure(LabelledSet set, Embedding embedding)
      throws IOException, DataProblem, ConfigException {
    if (set instanceof VideoSet videos) {
      return new VideoEvaluation(embedding, options, options.progress())
          .run(videos).stream().toList();
    }
    if (set instanceof StillSet stills) {
      return new StillEvaluation(embedding, options, options.progress()).run(stills);
    }
    throw new IllegalStateException("there are videos and pictures only");
  }

  private void tell(LabelledSet set, Exception problem) {
    errors.println("evaluate: " + set.name() + " could not be measured: " + said(problem));
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
