/** Simpler designs of the embedding stage, tuned, between the job's own source and detection. */
@NullMarked
package io.andon.bench.speed.peer;

import org.jspecify.annotations.NullMarked;
