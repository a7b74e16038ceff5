/** Holds the detector to its false-alarm budget over days of simulated feature streams. */
@org.jspecify.annotations.NullMarked
package io.andon.bench.budget;
