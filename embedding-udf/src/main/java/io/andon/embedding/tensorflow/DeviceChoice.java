package io.andon.embedding.tensorflow;

/** Where the network runs. */
public enum DeviceChoice {
  CPU,
  /** The first GPU; refused where there is none. */
  GPU,
  /** The first GPU where there is one, else the CPU. */
  AUTO
}
