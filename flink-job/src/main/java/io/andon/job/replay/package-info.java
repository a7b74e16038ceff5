/** Replays an incident event against the baseline that it met. */
@NullMarked
package io.andon.job.replay;

import org.jspecify.annotations.NullMarked;
