package io.andon.bench.evaluate.data;

/** One set of labelled data, measured as one camera. */
public sealed interface LabelledSet permits VideoSet, StillSet {
  /** Its name, of its folder or in the manifest. */
  String name();
}
